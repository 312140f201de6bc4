"""How a date is written for people."""

from datetime import date

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


def day_month_year(day: date) -> str:
    """Return a date as people write it: 17 July 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday_day_month_year(day: date) -> str:
    """Return a date with its day of the week: Friday 17 July 2026."""
    return f"{_DAYS[day.weekday()]} {day_month_year(day)}"
