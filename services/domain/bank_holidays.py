"""Bank holidays that no rule predicts: proclaimed, moved and given up, with their sources.

The days of our own table are history, as published at gov.uk/bank-holidays. A day that is
proclaimed today is put on record by two people of operations and needs no release.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.domain.clocks.due_dates import DueDate
from services.domain.working_days import SATURDAY, Calendar


class HolidayChange(StrEnum):
    """What a day became by a change of the bank holidays."""

    HELD = "held"
    STRUCK_OUT = "struck_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOffDay:
    """A day that became a bank holiday, or stopped being one, by proclamation."""

    day: date
    title: str
    source: str
    held: bool = True

    @property
    def change(self) -> HolidayChange:
        """Return what the day became."""
        return HolidayChange.HELD if self.held else HolidayChange.STRUCK_OUT


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


def corrected(predicted: Calendar, one_off_days: Iterable[OneOffDay]) -> Calendar:
    """Let one-off days overrule the days that were predicted, each later one the ones before."""
    days = dict(predicted.bank_holidays)
    for one_off in one_off_days:
        days.pop(one_off.day, None)
        if one_off.held:
            days[one_off.day] = one_off.title
    return Calendar(days, predicted.first, predicted.last, elsewhere=predicted.elsewhere)


def days_counted_otherwise(
    before: DueDate,
    after: DueDate,
    since: date,
    calendar: Calendar,
    changes: Iterable[OneOffDay],
) -> tuple[OneOffDay, ...]:
    """Return the bank holidays by which a count differs from an earlier one, by their days.

    They are looked for from ``since`` on. A day that the earlier account does not tell of is among
    them if a change names it. A day that no change names was changed by a release, without source.
    """
    named = {one.day: one for one in changes}
    was = dict.fromkeys(before.counted, False) | {
        skipped.day: bool(skipped.holiday) for skipped in before.skipped
    }
    ends = (since, before.anchored_on, before.due, after.due)
    within = sorted(day for day in {*was, *named} if min(ends) <= day <= max(ends))
    return tuple(
        named.get(day) or _by_release(day, calendar)
        for day in within
        if day.weekday() < SATURDAY and was.get(day) is not (day in calendar.bank_holidays)
    )


def _by_release(day: date, calendar: Calendar) -> OneOffDay:
    title = calendar.bank_holidays.get(day, "")
    return OneOffDay(day=day, title=title, source="", held=bool(title))
