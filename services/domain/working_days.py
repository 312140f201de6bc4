"""Working days in England: which days count, and which London day a moment falls on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from services.domain.errors import RuleBroken

LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)
SATURDAY = 5
WEEKEND = {SATURDAY: "Saturday", SATURDAY + 1: "Sunday"}


class NoSuchTime(RuleBroken):
    """The clocks went forward over this time: it never happened in England."""


class OutsideCalendar(RuleBroken):
    """The day lies outside the years whose bank holidays are known."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """One day that does not count: at a weekend, a bank holiday, or closed here, by its title."""

    day: date
    holiday: str = ""
    closed: str = ""

    @property
    def why(self) -> str:
        """Say why the day does not count; an empty answer means that it does."""
        if weekend := WEEKEND.get(self.day.weekday()):
            return f"{weekend} ({self.holiday})" if self.holiday else weekend
        if self.holiday:
            return f"bank holiday: {self.holiday}"
        return f"closed here: {self.closed}" if self.closed else ""


@dataclass(frozen=True, slots=True)
class Count:
    """A count of working days: where it began, every day counted and every day skipped."""

    start: date
    counted: tuple[date, ...]
    skipped: tuple[Skipped, ...]

    @property
    def end(self) -> date:
        """Return the last day counted, or the start where nothing was to be counted."""
        return self.counted[-1] if self.counted else self.start


@dataclass(frozen=True, slots=True)
class Calendar:
    """The bank holidays of England and Wales as known today, with their titles.

    ``closed`` are the days on which one partnership is closed: they count for nobody else, and
    never for a national limit. ``elsewhere`` are the bank holidays of Scotland and Northern Ireland
    alone, which a request under the Freedom of Information Act counts by as well.

    ``first`` and ``last`` bound the years the table covers: beyond them a day that
    looks like a working day might be a bank holiday, so counting refuses.
    """

    bank_holidays: Mapping[date, str] = field(hash=False)
    first: date | None = None
    last: date | None = None
    closed: Mapping[date, str] = field(default_factory=dict, hash=False)
    elsewhere: Mapping[date, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for name in ("bank_holidays", "closed", "elsewhere"):
            days: Mapping[date, str] = getattr(self, name)
            ordered = {day: days[day] for day in sorted(days)}
            object.__setattr__(self, name, MappingProxyType(ordered))

    def is_working_day(self, day: date) -> bool:
        """Tell whether the day is Monday to Friday, no bank holiday, and not closed (C1)."""
        return not self.why_not(day)

    def why_not(self, day: date) -> str:
        """Say why the day does not count; an empty answer means that it does."""
        self.must_cover(day)
        return self._skipped(day).why

    def forward(self, start: date, count: int) -> Count:
        """Count working days after ``start``, which is day 0 (convention C1)."""
        return self._count(start, count, ONE_DAY)

    def backward(self, start: date, count: int) -> Count:
        """Count working days before ``start``, which is day 0 (convention C1, K12)."""
        return self._count(start, count, -ONE_DAY)

    def add_working_days(self, start: date, count: int) -> date:
        """Return the ``count``-th working day after ``start``; the start is not counted."""
        return self.forward(start, count).end

    def subtract_working_days(self, start: date, count: int) -> date:
        """Return the ``count``-th working day before ``start``; the start is not counted."""
        return self.backward(start, count).end

    def on_or_before(self, day: date) -> date:
        """Return the day itself if it is a working day, else the last one before it."""
        return day if self.is_working_day(day) else self.subtract_working_days(day, 1)

    def on_or_after(self, day: date) -> date:
        """Return the day itself if it is a working day, else the first one after it."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days come after ``start`` up to and with ``end``."""
        days = (start + ONE_DAY * number for number in range(1, (end - start).days + 1))
        return sum(1 for day in days if self.is_working_day(day))

    def with_bank_holiday(self, day: date, title: str) -> "Calendar":
        """Return the calendar after a further bank holiday is proclaimed."""
        return replace(self, bank_holidays={**self.bank_holidays, day: title})

    def without_bank_holiday(self, day: date) -> "Calendar":
        """Return the calendar after a bank holiday is moved away from this day."""
        kept = {held: title for held, title in self.bank_holidays.items() if held != day}
        return replace(self, bank_holidays=kept)

    def closed_on(self, days: Mapping[date, str]) -> "Calendar":
        """Return the calendar of a partnership that is closed on these days, by their titles."""
        return replace(self, closed=days) if days else self

    def of_the_uk(self) -> "Calendar":
        """Return the calendar by which a bank holiday in any part of the UK counts (FOIA s.10)."""
        return replace(self, bank_holidays={**self.elsewhere, **self.bank_holidays})

    def must_cover(self, day: date) -> None:
        """Refuse a day whose bank holidays are not known, rather than guess."""
        if (self.first and day < self.first) or (self.last and day > self.last):
            raise OutsideCalendar(
                f"{written(day)} is outside the bank holidays we hold, "
                f"which run from {self.first} to {self.last}."
            )

    def _count(self, start: date, count: int, step: timedelta) -> Count:
        counted: list[date] = []
        skipped: list[Skipped] = []
        self.must_cover(start)
        for day in _days_from(start, step):
            if len(counted) == count:
                break
            if self.is_working_day(day):
                counted.append(day)
            else:
                skipped.append(self._skipped(day))
        return Count(start, tuple(counted), tuple(skipped))

    def _skipped(self, day: date) -> Skipped:
        return Skipped(day, self.bank_holidays.get(day, ""), self.closed.get(day, ""))


def london_date(moment: datetime) -> date:
    """Return the day it was in England at this moment; it must carry its offset.

    A notification at 23:30 UTC on 30 June is 00:30 on 1 July here: day 0 is 1 July.
    """
    if moment.utcoffset() is None:
        raise ValueError("A moment without a time zone has no London date.")
    _must_have_happened(moment)
    return moment.astimezone(LONDON).date()


def at_london(local: datetime) -> datetime:
    """Read a time as clocks in England show it; refuse one that never happened.

    Where the clocks go back a time happens twice; ``fold`` says which is meant.
    """
    if local.tzinfo is not None:
        raise ValueError("This time already carries a time zone.")
    moment = local.replace(tzinfo=LONDON)
    _must_have_happened(moment)
    return moment.astimezone(UTC)


def happened_twice(local: datetime) -> bool:
    """Tell whether clocks in England showed this time twice, so that one must ask which."""
    earlier, later = (local.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
    return earlier.utcoffset() != later.utcoffset() and _exists(earlier)


def written(day: date) -> str:
    """Write a day as people do: Mon 5 Jan 2026."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def _days_from(start: date, step: timedelta) -> Iterator[date]:
    """Yield the days after (or before) a day, refusing to leave the calendar's ages."""
    day = start
    while True:
        try:
            day += step
        except OverflowError:
            raise OutsideCalendar(f"Days cannot be counted beyond {written(day)}.") from None
        yield day


def _exists(moment: datetime) -> bool:
    there_and_back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return there_and_back.replace(tzinfo=None) == moment.replace(tzinfo=None)


def _must_have_happened(moment: datetime) -> None:
    if not _exists(moment):
        raise NoSuchTime(
            f"{moment:%H:%M} on {written(moment.date())} never happened in England: "
            "the clocks went forward over it."
        )
