"""The clocks of the guidance as data: what starts each, how long it runs, and what says so."""

from dataclasses import dataclass
from enum import StrEnum

from services.domain.labels import label


class ClockId(StrEnum):
    """The clocks, numbered as in rules.md 2.2; beside them those that a partnership adds."""

    K1 = "K1"
    K2 = "K2"
    K3 = "K3"
    K3B = "K3b"
    K4 = "K4"
    K5 = "K5"
    K6 = "K6"
    K7 = "K7"
    K8 = "K8"
    K9 = "K9"
    K10 = "K10"
    K11 = "K11"
    K12 = "K12"
    K13 = "K13"
    K14 = "K14"
    K15 = "K15"
    EXTRA = "extra"


class Anchor(StrEnum):
    """What happened on the day a clock counts from."""

    INCIDENT = "incident"
    AWARE = "aware"
    REFERRAL = "referral"
    NOTIFICATION = "notification"
    MEETING = "meeting"
    DECISION = "decision"
    SUBMISSION = "submission"
    PUBLICATION = "publication"
    RECEIPT = "receipt"
    LISTING = "listing"
    ACTION = "action"
    CLOSURE = "closure"


class Unit(StrEnum):
    """What a clock counts."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    CALENDAR_MONTHS = "calendar_months"
    YEARS = "years"
    SET_DATE = "set_date"


class Force(StrEnum):
    """How binding a rule is, by the letters of rules.md."""

    S = "S"
    SG = "SG"
    P = "P"
    L = "L"
    G = "G"


class ClockEnding(StrEnum):
    """Why a clock ended without its duty being done."""

    CASE_CLOSED = "case_closed"
    CASE_REOPENED = "case_reopened"
    NOT_NOTIFIED = "not_notified"
    RETURN_EXCUSED = "return_excused"
    NO_LOCAL_REVIEW = "no_local_review"
    DAY_SET_ANEW = "day_set_anew"
    NOTIFIED_ELSEWHERE = "notified_elsewhere"
    COVERED_BY_JOINT_REVIEW = "covered_by_joint_review"
    LED_ELSEWHERE = "led_elsewhere"
    REFERRAL_CORRECTED = "referral_corrected"
    SUBMISSION_RETURNED = "submission_returned"
    ADDRESS_REFUSED = "address_refused"
    NOT_ASKED_BY_SUBMISSION = "not_asked_by_submission"
    WITHDRAWN = "withdrawn"
    OTHER_POLICY = "other_policy"
    URGENT_REDACTION = "urgent_redaction"


def in_units(length: int, unit: Unit) -> str:
    """Say how many of a unit: 1 working day, 5 working days."""
    told = label(unit)
    return f"{length} {told.removesuffix('s') if length == 1 else told}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """One duty with a time limit, as the framework and national guidance set it.

    ``length`` is the national or framework default; ``warn`` counts, in its unit, when people
    are warned; ``unsettled`` is our reading only. An extra one has a ``code`` and a ``title``.
    """

    clock: ClockId
    anchor: Anchor
    length: int
    unit: Unit
    force: str
    rule: str
    opens: int | None = None
    backward: bool = False
    warn: tuple[int, ...] = ()
    unsettled: str = ""
    code: str = ""
    title: str = ""

    @property
    def duty(self) -> str:
        """Say what is to be done in time."""
        return self.title or label(self.clock)

    @property
    def locked(self) -> bool:
        """Tell whether a partnership may only tighten it: national, not local (rules.md 5A)."""
        return self.force != Force.L

    @property
    def may_be_same_day(self) -> bool:
        """Tell whether a partnership may ask for it on day 0 itself: a local limit (5A)."""
        return not self.locked and self.unit in {Unit.WORKING_DAYS, Unit.CALENDAR_DAYS}

    @property
    def longer_is_stricter(self) -> bool:
        """Tell whether more days ask more: notice given ahead, and time on the website."""
        return self.clock in {ClockId.K12, ClockId.K13}

    @property
    def forces(self) -> tuple[Force, ...]:
        """Return the codes one by one, strongest reading as rules.md orders them."""
        return tuple(Force(code) for code in self.force.split("/"))


_C1_UNIT = "No page read defines a working day; convention C1 is our reading."

_RULES = (
    ClockRule(
        clock=ClockId.K1,
        anchor=Anchor.AWARE,
        length=5,
        unit=Unit.WORKING_DAYS,
        force="SG",
        rule="NOT-03",
        warn=(3, 4),
        unsettled=_C1_UNIT,
    ),
    ClockRule(
        clock=ClockId.K2,
        anchor=Anchor.AWARE,
        length=5,
        unit=Unit.WORKING_DAYS,
        force="SG",
        rule="NOT-04",
        warn=(3,),
    ),
    ClockRule(
        clock=ClockId.K3,
        anchor=Anchor.AWARE,
        length=5,
        unit=Unit.WORKING_DAYS,
        force="S/SG",
        rule="NOT-05",
        warn=(3,),
        unsettled="The framework gives no number; five working days is GOV.UK's.",
    ),
    ClockRule(
        clock=ClockId.K3B,
        anchor=Anchor.AWARE,
        length=5,
        unit=Unit.WORKING_DAYS,
        force="SG",
        rule="K3b, WT2023",
        warn=(3,),
        unsettled="The guides say the same route and time as for a looked-after child.",
    ),
    ClockRule(
        clock=ClockId.K4,
        anchor=Anchor.NOTIFICATION,
        length=1,
        unit=Unit.WORKING_DAYS,
        force="L",
        rule="RR-52, RR-43",
        warn=(0,),
        unsettled="The framework names two triggers for setting the date (E-07).",
    ),
    ClockRule(
        clock=ClockId.K5,
        anchor=Anchor.REFERRAL,
        length=2,
        unit=Unit.WORKING_DAYS,
        force="L",
        rule="RR-39",
        warn=(1,),
    ),
    ClockRule(
        clock=ClockId.K6,
        anchor=Anchor.RECEIPT,
        length=5,
        unit=Unit.WORKING_DAYS,
        force="L",
        rule="RR-40",
        warn=(3, 4),
    ),
    ClockRule(
        clock=ClockId.K7,
        anchor=Anchor.REFERRAL,
        length=13,
        unit=Unit.WORKING_DAYS,
        force="L",
        rule="RR-44, E-13",
        opens=7,
        warn=(2,),
    ),
    ClockRule(
        clock=ClockId.K8,
        anchor=Anchor.MEETING,
        length=2,
        unit=Unit.WORKING_DAYS,
        force="L",
        rule="RR-49, RR-50",
        warn=(1,),
        unsettled="The framework's summary says only days (E-08); working days is our reading.",
    ),
    ClockRule(
        clock=ClockId.K9,
        anchor=Anchor.MEETING,
        length=5,
        unit=Unit.WORKING_DAYS,
        force="L",
        rule="RR-55",
        warn=(4,),
        unsettled="The framework says only days (E-09); working days is our reading.",
    ),
    ClockRule(
        clock=ClockId.K10,
        anchor=Anchor.NOTIFICATION,
        length=15,
        unit=Unit.WORKING_DAYS,
        force="SG/P",
        rule="RR-34",
        warn=(10, 13, 14),
        unsettled=_C1_UNIT,
    ),
    ClockRule(
        clock=ClockId.K11,
        anchor=Anchor.DECISION,
        length=6,
        unit=Unit.CALENDAR_MONTHS,
        force="SG",
        rule="LC-13, E-03",
        warn=(3, 4, 5),
    ),
    ClockRule(
        clock=ClockId.K12,
        anchor=Anchor.PUBLICATION,
        length=7,
        unit=Unit.WORKING_DAYS,
        force="SG/S",
        rule="PUB-26",
        backward=True,
        warn=(10,),
        unsettled="A stricter reading counts clear days; a partnership may choose it.",
    ),
    ClockRule(
        clock=ClockId.K13,
        anchor=Anchor.PUBLICATION,
        length=1,
        unit=Unit.YEARS,
        force="S",
        rule="PUB-29",
    ),
    ClockRule(
        clock=ClockId.K14,
        anchor=Anchor.ACTION,
        length=0,
        unit=Unit.SET_DATE,
        force="L",
        rule="PUB-18",
        warn=(30, 7),
    ),
    ClockRule(
        clock=ClockId.K15,
        anchor=Anchor.CLOSURE,
        length=35,
        unit=Unit.YEARS,
        force="L",
        rule="rules.md 5C",
        unsettled="No national period was found; 35 years was upheld for Northumberland only.",
    ),
)

RULES: dict[ClockId, ClockRule] = {rule.clock: rule for rule in _RULES}
