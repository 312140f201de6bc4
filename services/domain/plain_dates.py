"""How a date, and a time of day, is written for people."""

from datetime import date, datetime

from services.domain.working_days import LONDON

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def months_beginning(written: str) -> list[int]:
    """Return the numbers of the months whose names begin so, whatever the capitals."""
    begun = written.casefold()
    return [number for number, name in enumerate(MONTHS, 1) if name.casefold().startswith(begun)]


def day_month_year(day: date) -> str:
    """Return a date as people write it: 17 July 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_and_year(day: date) -> str:
    """Return the month of a date as people write it: July 2026."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def weekday_day_month_year(day: date) -> str:
    """Return a date with its day of the week: Friday 17 July 2026."""
    return f"{_DAYS[day.weekday()]} {day_month_year(day)}"


def time_of_day(moment: datetime) -> str:
    """Return the time that a clock in England shows: 14:03."""
    return f"{moment.astimezone(LONDON):%H:%M}"


def date_and_time(moment: datetime) -> str:
    """Return a moment as people in England write it: Tuesday 14 June 2026 at 10:40pm."""
    local = moment.astimezone(LONDON)
    hour = local.hour % 12 or 12
    minutes = f":{local:%M}" if local.minute else ""
    half = "am" if local.hour < 12 else "pm"
    return f"{weekday_day_month_year(local.date())} at {hour}{minutes}{half}"
