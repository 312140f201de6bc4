"""The children of an incident, each with what happened to them, and what cannot be so.

Age is counted on the day of the incident, as the law counts it: from the anniversary of the birth.
A person of 18 or over is no child here; only the death of a care leaver under 25 is told of
(NOT-05, K3b), and no notification to the Panel and no review follows from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from services.domain.clocks.versions import UNBORN_CHILDREN

MOST_CHILDREN: Final = 4  # of one notification; further ones are named in its text
OF_AGE: Final = 18
LEAVES_CARE_FROM: Final = 16
ADULT_REVIEWS_FROM: Final = 16  # a domestic homicide review may be due as well (PAR-02)
LEAVER_UNTIL: Final = 25
# From conception to birth is forty weeks, two of leeway on the one side and three on the other.
LATEST_EXPECTED: Final = timedelta(weeks=42)
LATEST_OVERDUE: Final = timedelta(weeks=3)


class Harm(StrEnum):
    """What happened to this child (NOT-19, NOT-20); a perpetrator is reported as “other”."""

    DEATH = "death"
    SERIOUS_HARM = "serious_harm"
    OTHER = "other"


class SubjectRole(StrEnum):
    """What the child is in the incident: a perpetrator may be its subject too (NOT-22)."""

    HARMED = "harmed"
    PERPETRATOR = "perpetrator"
    BOTH = "both"


class Sex(StrEnum):
    """The child's sex, as the notification asks it."""

    FEMALE = "female"
    MALE = "male"
    NOT_KNOWN = "not_known"


class CareStatus(StrEnum):
    """How the child stands with the local authority; several may be true side by side."""

    LOOKED_AFTER = "looked_after"
    CHILD_PROTECTION_PLAN = "child_protection_plan"
    CHILD_IN_NEED = "child_in_need"
    CARE_LEAVER = "care_leaver"
    NONE = "none"
    NOT_KNOWN = "not_known"


UNSPECIFIC: Final = frozenset({CareStatus.NONE, CareStatus.NOT_KNOWN})


class Placement(StrEnum):
    """Where a looked-after child is placed."""

    FOSTER_CARE = "foster_care"
    CHILDRENS_HOME = "childrens_home"
    WITH_PARENTS = "with_parents"
    FOR_ADOPTION = "for_adoption"
    SUPPORTED_ACCOMMODATION = "supported_accommodation"
    SECURE_OR_CUSTODY = "secure_or_custody"
    HOSPITAL = "hospital"
    OTHER = "other"
    NOT_KNOWN = "not_known"


class BeforeBirth(StrEnum):
    """Whether a child who was born after the incident was harmed before birth."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One answer that cannot be as it stands: its field, and what to say beside it."""

    field: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One child as a referral tells of them, on the day of the incident."""

    incident_on: date
    harm: Harm
    statuses: frozenset[CareStatus]
    role: SubjectRole = SubjectRole.HARMED
    born_on: date | None = None
    expected_on: date | None = None
    age: int | None = None
    placement: Placement | None = None
    before_birth: BeforeBirth | None = None

    @property
    def years(self) -> int | None:
        """Return the age on the day of the incident, if it is known; 0 before the birth."""
        if self.born_on is not None:
            return years_on(self.incident_on, self.born_on)
        return 0 if self.expected_on is not None else self.age

    @property
    def is_child(self) -> bool:
        """Tell whether the person was under 18, or may have been."""
        return self.years is None or self.years < OF_AGE

    @property
    def is_looked_after_death(self) -> bool:
        """Tell whether this child was looked after and died (K3)."""
        return self.harm is Harm.DEATH and CareStatus.LOOKED_AFTER in self.statuses

    @property
    def is_care_leaver_death(self) -> bool:
        """Tell whether this person was a care leaver under 25 and died (K3b)."""
        return self.harm is Harm.DEATH and CareStatus.CARE_LEAVER in self.statuses

    def doubts(self, today: date) -> Iterator[Doubt]:
        """Yield what cannot be so, the first of it first: each is to be put right or answered."""
        yield from self._of_birth(today)
        yield from self._of_age()
        yield from self._of_statuses()
        if self.harm is Harm.OTHER and self.role is SubjectRole.HARMED:
            yield Doubt("harm", "Say how the child was harmed: only a perpetrator need not be.")

    def _of_birth(self, today: date) -> Iterator[Doubt]:
        if self.born_on is None:
            yield from self._of_expected_birth()
            return
        if self.expected_on is not None:
            yield Doubt("expected_on", "Leave this out: the child is born.")
        if self.born_on > today:
            yield Doubt(
                "born_on",
                "A date of birth cannot be in the future. "
                "Enter the expected date of birth of a child who is not born yet.",
            )
        if self.born_on > self.incident_on:
            yield from self._of_harm_before_birth()

    def _of_harm_before_birth(self) -> Iterator[Doubt]:
        if self.before_birth is None:
            yield Doubt(
                "before_birth",
                "This child was born after the incident. Was the child harmed before birth?",
            )
        if self.before_birth is BeforeBirth.NO:
            yield Doubt(
                "born_on",
                "A child born after the incident was harmed before birth, or not by it. "
                "Correct this date, or the day of the incident.",
            )

    def _of_expected_birth(self) -> Iterator[Doubt]:
        if self.expected_on is None:
            return
        if not UNBORN_CHILDREN.in_force(self.incident_on):
            yield Doubt(
                "expected_on",
                "A child who is not born yet can be named for an incident from December 2025 on.",
            )
        if self.expected_on < self.incident_on - LATEST_OVERDUE:
            yield Doubt("expected_on", "By that date the child was born. Enter the date of birth.")
        if self.expected_on > self.incident_on + LATEST_EXPECTED:
            yield Doubt("expected_on", "That is more than 42 weeks after the incident.")

    def _of_age(self) -> Iterator[Doubt]:
        years, asked = self.years, "age" if self.born_on is None else "born_on"
        if years is None:
            return
        if self.age not in {None, max(years, 0)}:
            yield Doubt("age", f"By the date of birth the age was {max(years, 0)}.")
        if years >= LEAVER_UNTIL:
            yield Doubt(
                asked,
                f"A person of {years} on the day of the incident is no child, and no care leaver "
                "under 25.",
            )
        elif years >= OF_AGE and not self.is_care_leaver_death:
            yield Doubt(
                asked,
                f"A person of {years} on the day of the incident is no child. From 18 on only the "
                "death of a care leaver is told of (NOT-05).",
            )

    def _of_statuses(self) -> Iterator[Doubt]:
        yield from doubts_of_standing(self.statuses, self.years)
        if self.years is None and CareStatus.CARE_LEAVER in self.statuses:
            yield Doubt("age", "Say how old the care leaver was: which duty stands hangs on it.")
        if CareStatus.LOOKED_AFTER in self.statuses:
            yield from self._of_care()

    def _of_care(self) -> Iterator[Doubt]:
        if self.born_on is None and self.expected_on is not None:
            yield Doubt("statuses", "A child who is not born yet is not looked after.")
        if self.placement is None:
            yield Doubt("placement", "Say where the looked-after child is placed, if known.")


def doubts_of_standing(statuses: frozenset[CareStatus], years: int | None) -> Iterator[Doubt]:
    """Yield what cannot be so of the standing of a person of that age, if it is known."""
    is_leaver = CareStatus.CARE_LEAVER in statuses
    if statuses & UNSPECIFIC and len(statuses) > 1:
        yield Doubt("statuses", "Choose “none of these” or “not known” alone.")
    if years is None:
        return
    if years < LEAVES_CARE_FROM and is_leaver:
        yield Doubt(
            "statuses",
            f"A care leaver is 16 or over, and the child was {max(years, 0)}. "
            "Correct one of the two.",
        )
    if years >= OF_AGE and statuses - UNSPECIFIC - {CareStatus.CARE_LEAVER}:
        yield Doubt("statuses", "From 18 on a person can be a care leaver alone.")


def years_on(day: date, born_on: date) -> int:
    """Return the age on the day; below nothing before the birth.

    Who was born on 29 February comes of age on 1 March where the year has no such day.
    """
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
