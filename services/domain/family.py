"""The people of the family and other adults around the children, and what cannot be so of them.

The notification and the rapid review ask who the brothers and sisters, parents and significant
adults are, with their ages (RR-08). Age is counted on the day of the incident, as for the children.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from services.domain.subjects import (
    LEAVER_UNTIL,
    CareStatus,
    Doubt,
    doubts_of_standing,
    years_on,
)

MOST_PEOPLE: Final = 8  # of one referral; further ones are named in its text
OLDEST: Final = 120


class Relation(StrEnum):
    """How a person stands to the child; several may be true, such as a grandparent and carer."""

    SIBLING = "sibling"
    PARENT = "parent"
    STEP_PARENT = "step_parent"
    CARER = "carer"
    GRANDPARENT = "grandparent"
    SON_OR_DAUGHTER = "son_or_daughter"
    OTHER_RELATIVE = "other_relative"
    SIGNIFICANT_ADULT = "significant_adult"
    ALLEGED_PERPETRATOR = "alleged_perpetrator"


class SharedWithFamily(StrEnum):
    """What is shared with the family of a decision (RR-33, DEC-14)."""

    LEARNING = "learning"
    REASONS = "reasons"


class LivesWith(StrEnum):
    """Whether the person lives with the child."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


_BORN_BEFORE: Final = frozenset({Relation.PARENT, Relation.GRANDPARENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInFamily:
    """One person as a referral tells of them, with the births of the children they belong to."""

    incident_on: date
    relations: frozenset[Relation]
    statuses: frozenset[CareStatus] = frozenset()
    born_on: date | None = None
    age: int | None = None
    births: tuple[date, ...] = ()

    @property
    def years(self) -> int | None:
        """Return the age on the day of the incident, if it is known; below 0 before the birth."""
        return self.age if self.born_on is None else years_on(self.incident_on, self.born_on)

    def doubts(self, today: date) -> Iterator[Doubt]:
        """Yield what cannot be so, the first of it first: each is to be put right."""
        if self.born_on is not None:
            yield from self._of_birth(self.born_on, today)
        yield from doubts_of_standing(self.statuses, self.years)
        is_leaver = CareStatus.CARE_LEAVER in self.statuses
        if is_leaver and self.years is not None and self.years >= LEAVER_UNTIL:
            yield Doubt("statuses", "A care leaver is under 25 on the day of the incident.")

    def _of_birth(self, born_on: date, today: date) -> Iterator[Doubt]:
        if self.age is not None:
            yield Doubt("age", "Enter the date of birth or the age, and not both.")
        if born_on > today:
            yield Doubt(
                "born_on",
                "A date of birth cannot be in the future. Say in the note if a birth is expected.",
            )
        years = years_on(self.incident_on, born_on)
        if years > OLDEST:
            yield Doubt("born_on", f"By this date the person was {years}. Correct it.")
        if self.relations & _BORN_BEFORE and any(born_on >= child for child in self.births):
            yield Doubt("born_on", "A parent or grandparent is born before the child.")
        if Relation.SON_OR_DAUGHTER in self.relations and any(
            born_on <= child for child in self.births
        ):
            yield Doubt("born_on", "A son or daughter is born after the child.")
