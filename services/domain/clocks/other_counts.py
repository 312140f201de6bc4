"""Another way of counting a national limit, taken only where it can never end later (5A).

A partnership may count a national limit from another event, or in another unit, if that is stricter
whatever happens: the event comes before the national one by its nature, and the days are never more
than the national ones, on any day of any year. What cannot be shown so is no national limit of the
partnership: it is kept beside it, as a step of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.domain.clocks.extra import MAY_START, UNITS, ExtraClock
from services.domain.clocks.rules import RULES, Anchor, ClockId, ClockRule, Unit
from services.domain.errors import AnswerRefused, OutsidePolicy
from services.domain.json_values import named_values, one_of, whole_number
from services.domain.labels import label

FIELD: Final = "counted_otherwise"
DAYS_IN_A_WEEK: Final = 7
WORKING_DAYS_IN_A_WEEK: Final = 5
# The fewest days that so many months in a row can have, February among them.
FEWEST_DAYS: Final[Mapping[int, int]] = {1: 28, 2: 59, 3: 89, 4: 120, 5: 150, 6: 181}
# Nobody knows of what has not happened, notifies before they know, or decides before it is told.
ALWAYS_BEFORE: Final[Mapping[Anchor, tuple[Anchor, ...]]] = {
    Anchor.AWARE: (Anchor.INCIDENT,),
    Anchor.DECISION: (Anchor.NOTIFICATION, Anchor.AWARE, Anchor.INCIDENT),
}
MAY_BE_COUNTED: Final = (ClockId.K1, ClockId.K2, ClockId.K3, ClockId.K10, ClockId.K11)
_SAID: Final = ("from", "length", "unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCount:
    """From which event a limit is counted instead, how long, and in which unit."""

    anchor: Anchor
    length: int
    unit: Unit

    def as_json(self) -> dict[str, object]:
        """Write it so that `other_counts_from_json` reads the same back."""
        return {"from": str(self.anchor), "length": self.length, "unit": str(self.unit)}


def why_it_may_be_later(clock: ClockId, other: OtherCount) -> str:
    """Say why it cannot be shown that the count ends no later than the national one.

    Nothing is said where it never can: then it may stand for the national count.
    """
    if clock not in MAY_BE_COUNTED:
        return "it may be counted in the national way only"
    rule = RULES[clock]
    if other.anchor not in {rule.anchor, *ALWAYS_BEFORE.get(rule.anchor, ())}:
        return f"the {label(other.anchor)} may come after the {label(rule.anchor)}"
    most = longest_that_is_never_later(rule, other.unit)
    if other.length > most:
        told = f"{other.length} {label(other.unit)} can end after {rule.length} {label(rule.unit)}"
        return told if most else f"{label(other.unit)} cannot be compared with {label(rule.unit)}"
    return ""


def longest_that_is_never_later(rule: ClockRule, unit: Unit) -> int:
    """Return how many of the unit never end after the rule's own length; 0 where none is sure.

    Working days take the fewest days of the calendar when the first day is a Sunday: then only the
    weekends between them are skipped. Each bank holiday makes them more.
    """
    if unit is rule.unit:
        return rule.length
    if unit is not Unit.CALENDAR_DAYS:
        return 0
    if rule.unit is Unit.CALENDAR_MONTHS:
        return FEWEST_DAYS[rule.length]
    weekends = (rule.length - 1) // WORKING_DAYS_IN_A_WEEK
    return rule.length + weekends * (DAYS_IN_A_WEEK - WORKING_DAYS_IN_A_WEEK)


def must_never_be_later(policy: str, counts: Mapping[ClockId, OtherCount]) -> None:
    """Refuse a count that could end after the national one, or on no day at all."""
    for clock, other in counts.items():
        because = why_it_may_be_later(clock, other)
        if because:
            raise OutsidePolicy(f"{policy}: {clock} counted otherwise: {because} (5A).")
        if other.length < 1:
            raise OutsidePolicy(f"{policy}: {clock} counted otherwise needs a length of 1 or more.")


def as_a_step(policy: str, clock: ClockId, other: OtherCount) -> ExtraClock:
    """Return the count as a step of the partnership's own, beside the national limit.

    Raises OutsidePolicy where no act of a case starts such a step.
    """
    if other.anchor not in MAY_START or other.unit not in UNITS:
        because = why_it_may_be_later(clock, other)
        raise OutsidePolicy(
            f"{policy}: {clock} counted otherwise: {because}, and a step of the partnership's own "
            f"counts days from one of: {', '.join(MAY_START)}."
        )
    return ExtraClock(
        code=f"{clock.value.lower()}_from_{other.anchor}",
        name=f"{label(clock)}: our own day, counted from the {label(other.anchor)}",
        anchor=other.anchor,
        length=other.length,
        unit=other.unit,
    )


def other_counts_from_json(
    policy: str, told: object
) -> tuple[dict[ClockId, OtherCount], dict[str, ExtraClock]]:
    """Read what may stand for a national count, and beside it what is kept as a step of its own."""
    taken: dict[ClockId, OtherCount] = {}
    steps: dict[str, ExtraClock] = {}
    for name, said in named_values(FIELD, told).items():
        clock = one_of(FIELD, name, ClockId)
        other = _one(f"{FIELD} {name}", named_values(f"{FIELD} {name}", said))
        if clock in RULES and RULES[clock].locked and why_it_may_be_later(clock, other):
            step = as_a_step(policy, clock, other)
            steps[step.code] = step
        else:
            taken[clock] = other
    return taken, steps


def _one(field: str, said: Mapping[str, object]) -> OtherCount:
    unknown = sorted(set(said) - set(_SAID))
    if unknown:
        raise AnswerRefused(field, f"{field} has no {unknown[0]!r}; it has: {', '.join(_SAID)}.")
    return OtherCount(
        anchor=one_of(f"{field} from", said.get("from"), Anchor),
        length=whole_number(f"{field} length", said.get("length")),
        unit=one_of(f"{field} unit", said.get("unit"), Unit),
    )
