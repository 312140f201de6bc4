"""How a branch writes its dates: as people write them, and never with the wrong weekday."""

from datetime import date, datetime, time
from typing import Final

from services.domain.working_days import LONDON, written

MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def day(text: str) -> date:
    """Return the day that is written like Thu 18 Dec 2025."""
    weekday, number, month, year = text.split()
    found = date(int(year), MONTHS.index(month) + 1, int(number))
    if written(found) != text:
        raise ValueError(f"{text} was not a {weekday}: it is {written(found)}.")
    return found


def moment(text: str) -> datetime:
    """Return the moment in England that is written like Thu 18 Dec 2025 14:30."""
    on, _, clock = text.rpartition(" ")
    return datetime.combine(day(on), time.fromisoformat(clock), LONDON)


def in_england(at: datetime) -> datetime:
    """Return the same moment as clocks in England show it."""
    return at.astimezone(LONDON)
