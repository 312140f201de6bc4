"""The clocks that no rule sets: a partnership's extra steps, and the answer that it expects (5A).

They are local and never mixed with the framework's: a step has a code, a name, an event from which
it counts, its days and those it tells. The Panel's answer is expected only: no rule gives the Panel
a time, so a day that has passed is a reminder, and no breach.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.domain.clocks.rules import Anchor, ClockId, ClockRule, Force, Unit
from services.domain.errors import AnswerRefused, OutsidePolicy
from services.domain.json_values import listed, named_values, one_of, text, whole_number, yes_or_no
from services.domain.recipients import Recipient

PANEL_ANSWER: Final = "panel_answer"
LONGEST: Final = 366
THE_ANSWER: Final = "The Panel's answer is expected"
OWN_RULE: Final = "chosen by the partnership (5A)"
LONGEST_CODE: Final = 40
CODE: Final = re.compile(rf"[a-z][a-z0-9_]{{0,{LONGEST_CODE - 1}}}")
MAY_START: Final = (
    Anchor.AWARE,
    Anchor.REFERRAL,
    Anchor.NOTIFICATION,
    Anchor.MEETING,
    Anchor.DECISION,
    Anchor.SUBMISSION,
    Anchor.PUBLICATION,
)
UNITS: Final = (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS)
# People of the partnership: a national body is told by acts, and never by a local reminder.
MAY_BE_TOLD: Final = (
    Recipient.BUSINESS_MANAGER,
    Recipient.CHAIR,
    Recipient.PARTNERS,
    Recipient.DECISION_MAKER,
    Recipient.DIRECTOR,
    Recipient.EXECUTIVE,
    Recipient.REVIEW_GROUP,
    Recipient.UNIT_MANAGER,
    Recipient.COMMUNICATIONS,
    Recipient.SCRUTINEER,
)
_FIELDS: Final = ("name", "from", "days", "unit", "opens", "warn", "tells", "meeting")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraClock:
    """A step for which a partnership sets a time itself; ``opens`` makes a window of it.

    Of a step that ``is_meeting`` it is kept who met, and what they advised.
    """

    code: str
    name: str
    anchor: Anchor
    length: int
    unit: Unit = Unit.WORKING_DAYS
    opens: int | None = None
    warn: tuple[int, ...] = ()
    tells: tuple[Recipient, ...] = ()
    is_meeting: bool = False

    @property
    def rule(self) -> ClockRule:
        """Return it as a rule by which a clock is counted; local, and locked nowhere."""
        return ClockRule(
            clock=ClockId.EXTRA,
            code=self.code,
            title=self.name,
            anchor=self.anchor,
            length=self.length,
            unit=self.unit,
            force=Force.L,
            rule=OWN_RULE,
            opens=self.opens,
            warn=self.warn,
            unsettled=EXPECTED_ONLY if self.code == PANEL_ANSWER else "",
        )

    def must_make_sense(self, policy: str) -> None:
        """Refuse a step that could not be counted, started or told."""
        holds = (
            (CODE.fullmatch(self.code) is not None, "its code is small letters, digits and _"),
            (self.anchor in MAY_START, f"it counts from one of: {', '.join(MAY_START)}"),
            (self.unit in UNITS, f"it counts one of: {', '.join(UNITS)}"),
            (0 <= self.length <= LONGEST, f"it runs from 0 to {LONGEST} days"),
            (self.opens is None or 0 <= self.opens <= self.length, "it opens before its last day"),
            (all(0 <= day <= self.length for day in self.warn), "it warns before its last day"),
            (set(self.tells) <= set(MAY_BE_TOLD), f"it tells any of: {', '.join(MAY_BE_TOLD)}"),
        )
        for is_so, otherwise in holds:
            if not is_so:
                raise OutsidePolicy(f"{policy}: extra clock {self.code!r}: {otherwise}.")

    def as_json(self) -> dict[str, object]:
        """Write it so that `extra_clock_from_json` reads the same step back."""
        meeting = {"meeting": True} if self.is_meeting else {}  # the release before knows no such
        return {
            **meeting,
            "name": self.name,
            "from": str(self.anchor),
            "days": self.length,
            "unit": str(self.unit),
            "opens": self.opens,
            "warn": list(self.warn),
            "tells": list(map(str, self.tells)),
        }


EXPECTED_ONLY: Final = (
    "No rule gives the Panel a time to answer. The partnership expects it by this day and is "
    "reminded; a day that has passed is no breach."
)


def panel_answer(within: int) -> ExtraClock:
    """Return the clock of the Panel's answer, expected in so many working days (rules.md 2.1)."""
    return ExtraClock(
        code=PANEL_ANSWER,
        name=THE_ANSWER,
        anchor=Anchor.SUBMISSION,
        length=within,
    )


def extra_clock_from_json(code: str, told: object) -> ExtraClock:
    """Read a step from its JSON; what is left out is as in a plain step of working days."""
    field = f"extra_clocks {code}"
    if code == PANEL_ANSWER:
        raise AnswerRefused(field, f"{field}: say panel_answer_within instead.")
    said: Mapping[str, object] = named_values(field, told)
    unknown = sorted(set(said) - set(_FIELDS))
    if unknown:
        raise AnswerRefused(field, f"{field} has no {unknown[0]!r}; it has: {', '.join(_FIELDS)}.")
    opens = said.get("opens")
    return ExtraClock(
        code=code,
        name=text(f"{field} name", said.get("name")),
        anchor=one_of(f"{field} from", said.get("from"), Anchor),
        length=whole_number(f"{field} days", said.get("days")),
        unit=one_of(f"{field} unit", said.get("unit", Unit.WORKING_DAYS.value), Unit),
        opens=None if opens is None else whole_number(f"{field} opens", opens),
        warn=tuple(
            whole_number(f"{field} warn", day)
            for day in listed(f"{field} warn", said.get("warn", ()))
        ),
        tells=tuple(
            one_of(f"{field} tells", one, Recipient)
            for one in listed(f"{field} tells", said.get("tells", ()))
        ),
        is_meeting=yes_or_no(f"{field} meeting", said.get("meeting", False)),
    )
