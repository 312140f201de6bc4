"""Trends as numbers, and in which words they leave the partnership (EMB-10).

A small number may tell of one family. Outside the partnership it is said as fewer than five, and
nothing from which it could be worked out: no sum, and no difference to another year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.domain.labels import label

FEWEST_TOLD: Final = 5
SUPPRESSED: Final = f"fewer than {FEWEST_TOLD}"
NOT_TOLD: Final = "not told"


class Counted(StrEnum):
    """What is counted by the year in which it happened."""

    NOTIFICATIONS = "notifications"
    RAPID_REVIEWS = "rapid_reviews"
    LOCAL_REVIEWS = "local_reviews"
    REPORTS = "reports"


class LookedAt(StrEnum):
    """What the review group looks at, of which the page of trends shows the numbers and themes."""

    NOTIFICATIONS = "notifications"
    RAPID_REVIEWS = "rapid_reviews"
    LOCAL_REVIEWS = "local_reviews"
    REPORTS = "reports"
    REASONS = "reasons"
    THEMES = "themes"
    RECOMMENDATIONS = "recommendations"


@dataclass(frozen=True, slots=True)
class Number:
    """One number as it is told here, or outside: the sentence, the table and the picture alike.

    It is ``withheld`` where with another number that is told it would give a small one away.
    """

    value: int
    outside: bool = False
    withheld: bool = False

    @property
    def is_suppressed(self) -> bool:
        """Tell whether it is too small to be told outside."""
        return self.outside and 0 < self.value < FEWEST_TOLD

    @property
    def is_told(self) -> bool:
        """Tell whether the number itself is told."""
        return not (self.is_suppressed or self.withheld)

    @property
    def told(self) -> str:
        """Return it as a table tells it."""
        if self.is_suppressed:
            return SUPPRESSED
        return NOT_TOLD if self.withheld else str(self.value)

    @property
    def drawn(self) -> int | None:
        """Return how long its bar is; none is drawn of what is not told."""
        return self.value if self.is_told else None


@dataclass(frozen=True, slots=True)
class Year:
    """The numbers of one year."""

    year: int
    numbers: Mapping[Counted, Number]

    def sentence(self, before: "Year | None") -> str:
        """Say the numbers of the year, each beside that of the year before where both are told."""
        parts = [
            f"{label(one)} {self.numbers[one].told}{_beside(self, before, one)}" for one in Counted
        ]
        return f"{self.year}: {'; '.join(parts)}."


def _beside(year: Year, before: Year | None, one: Counted) -> str:
    if before is None:
        return ""
    now, then = year.numbers[one], before.numbers[one]
    if now.outside or now.value == then.value:
        return ""
    more = "more" if now.value > then.value else "fewer"
    return f" ({abs(now.value - then.value)} {more} than in {before.year})"


def years(
    happened: Mapping[Counted, Sequence[int]], upto: int, *, outside: bool
) -> tuple[Year, ...]:
    """Return each year from the first in which anything happened, up to this one, oldest first."""
    first = min((year for each in happened.values() for year in each), default=upto)
    return tuple(
        Year(
            year,
            {one: Number(list(happened.get(one, ())).count(year), outside) for one in Counted},
        )
        for year in range(first, upto + 1)
    )
