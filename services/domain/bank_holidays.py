"""Our own table of bank holidays that no rule predicts: proclaimed, moved and given up.

Add a line here when a day is proclaimed; it goes before whatever the calendar package knows.
Sources are the Royal Proclamations, as published at gov.uk/bank-holidays.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOffDay:
    """A day that became a bank holiday, or stopped being one, by proclamation."""

    day: date
    title: str
    source: str
    held: bool = True


GOV_UK = "gov.uk/bank-holidays, England and Wales"

ONE_OFF_DAYS: tuple[OneOffDay, ...] = (
    OneOffDay(day=date(2011, 4, 29), title="Royal Wedding", source=GOV_UK),
    OneOffDay(
        day=date(2012, 5, 28), title="Spring bank holiday, moved away", source=GOV_UK, held=False
    ),
    OneOffDay(day=date(2012, 6, 4), title="Spring bank holiday", source=GOV_UK),
    OneOffDay(day=date(2012, 6, 5), title="Queen's Diamond Jubilee", source=GOV_UK),
    OneOffDay(
        day=date(2020, 5, 4), title="Early May bank holiday, moved away", source=GOV_UK, held=False
    ),
    OneOffDay(day=date(2020, 5, 8), title="Early May bank holiday (VE day)", source=GOV_UK),
    OneOffDay(
        day=date(2022, 5, 30), title="Spring bank holiday, moved away", source=GOV_UK, held=False
    ),
    OneOffDay(day=date(2022, 6, 2), title="Spring bank holiday", source=GOV_UK),
    OneOffDay(day=date(2022, 6, 3), title="Platinum Jubilee bank holiday", source=GOV_UK),
    OneOffDay(
        day=date(2022, 9, 19),
        title="State Funeral of Queen Elizabeth II",
        source=f"{GOV_UK}; proclaimed 10 September 2022",
    ),
    OneOffDay(day=date(2023, 5, 8), title="Coronation of King Charles III", source=GOV_UK),
)
