"""The section on learning from serious incidents in a yearly report: its year, and its numbers.

What is told leaves the partnership, so that a small number is told as fewer than five, and a number
is not told either where with another one that is told it would give a small one away (EMB-10).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from services.domain.plain_dates import MONTHS, month_and_year
from services.domain.plain_text import capital
from services.domain.trends import FEWEST_TOLD, Number

APRIL: Final = 4
EARLIEST: Final = date(2000, 1, 1)
"""A day before it is one that was typed wrong: no report is made of its year."""


class YearCounted(StrEnum):
    """What of cases is counted by the day on which it happened, in the order of a case."""

    NOTIFICATIONS = "notifications"
    RAPID_REVIEWS = "rapid_reviews"
    LOCAL_REVIEWS = "local_reviews"
    PUBLISHED = "published"
    NOT_PUBLISHED = "not_published"


class YearActions(StrEnum):
    """What of the actions of plans is counted: each action once in each of them."""

    DONE = "done"
    SUSTAINED = "sustained"
    NOT_SUSTAINED = "not_sustained"


# Of two that are parts of one, the sum too is looked at beside the whole.
PARTS: Final = (
    frozenset({YearCounted.PUBLISHED.value, YearCounted.NOT_PUBLISHED.value}),
    frozenset({YearActions.SUSTAINED.value, YearActions.NOT_SUSTAINED.value}),
)


@dataclass(frozen=True, slots=True)
class ReportYear:
    """Twelve months of which a yearly report tells, from the first day of a month."""

    first: date

    @property
    def starting(self) -> int:
        """Return in which calendar year it begins: by that an address names it."""
        return self.first.year

    @property
    def last(self) -> date:
        """Return its last day."""
        return self.first.replace(year=self.first.year + 1) - timedelta(days=1)

    @property
    def told(self) -> str:
        """Return it as people write it: April 2025 to March 2026."""
        return f"{month_and_year(self.first)} to {month_and_year(self.last)}"

    @property
    def before(self) -> "ReportYear":
        """Return the year before it."""
        return ReportYear(self.first.replace(year=self.first.year - 1))

    def holds(self, day: date | None) -> bool:
        """Tell whether there is such a day, and it lies in the year."""
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberOfYear:
    """One number of the report with what it counts, as sentence, table and picture tell it."""

    code: str
    what: str
    number: Number


def year_of(day: date, begins: int | None) -> ReportYear:
    """Return the year in which a day lies; it begins in April, or in the month that is chosen."""
    first = date(day.year, begins or APRIL, 1)
    return ReportYear(first if first <= day else first.replace(year=day.year - 1))


def month_name(begins: int | None) -> str:
    """Return in which month the year begins, as people write it."""
    return MONTHS[(begins or APRIL) - 1]


def told_together(
    counted: Iterable[tuple[str, str, int]], beside: Collection[NumberOfYear] | None = None
) -> tuple[NumberOfYear, ...]:
    """Return the numbers (code, what, value), none of which gives a small one away with another.

    A whole stands before its parts, and is told rather than they: what lies one to four apart from
    a number that is told, alone or with the part that stands beside it, is not told. ``beside`` are
    numbers of which they are parts; among each other the counted are then not compared.
    """
    told: list[NumberOfYear] = []
    for code, what, value in counted:
        others = _parts_beside(code, told)
        sums = {value, value + sum(one.number.value for one in others if one.number.is_told)}
        wholes = told if beside is None else beside
        against = [one for one in wholes if one not in others and one.number.is_told]
        apart = (abs(one - it.number.value) for one in sums for it in against)
        gives_away = any(0 < one < FEWEST_TOLD for one in apart)
        number = Number(value, outside=True, withheld=gives_away)
        told.append(NumberOfYear(code=code, what=what, number=number))
    return tuple(told)


def _parts_beside(code: str, told: Collection[NumberOfYear]) -> list[NumberOfYear]:
    parts = next((one for one in PARTS if code in one), frozenset())
    return [one for one in told if one.code in parts]


def in_a_sentence(numbers: Iterable[NumberOfYear]) -> str:
    """Return the numbers in one sentence, each as it is told: Themes: 6; actions: fewer than 5."""
    return f"{capital('; '.join(f'{one.what}: {one.number.told}' for one in numbers))}."
