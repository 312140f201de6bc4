"""How a typed day, and a day with a time, is read as people in England mean it."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from services.domain.plain_dates import months_beginning
from services.domain.working_days import NoSuchTime, at_london, happened_twice
from services.web.forms.fields import DAY_PARTS
from services.web.forms.text import Unreadable

FIRST_YEAR, LAST_YEAR = 1900, 2100
_TIME: Final = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:.]?(?P<minute>[0-9]{2}))?\s*(?P<half>am|pm)?\s*(?P<zone>bst|gmt)?",
    re.IGNORECASE,
)


def day(typed: dict[str, str]) -> date | None:
    """Return the day typed in three parts; nothing typed is no answer."""
    given = {part: typed[part].strip() for part in DAY_PARTS}
    missing = [part for part in DAY_PARTS if not given[part]]
    if len(missing) == len(DAY_PARTS):
        return None
    if missing:
        raise Unreadable(f"enter a {' and '.join(missing)} too", missing[0])
    year = _year(given["year"])
    try:
        return date(year, _month(given["month"]), _number(given["day"], "day"))
    except ValueError:
        raise Unreadable("enter a real date, like 27 3 2026", "day") from None


def moment(typed: dict[str, str]) -> datetime | None:
    """Return the moment typed as a day and a time in England; nothing typed is no answer."""
    on, clock = day(typed), typed["time"].strip()
    if on is None and not clock:
        return None
    if on is None:
        raise Unreadable("enter a day, month and year too", "day")
    if not clock:
        raise Unreadable("enter a time too, like 22:40", "time")
    at, zone = _time(clock)
    return _in_england(datetime.combine(on, at), zone)


def _in_england(local: datetime, zone: str) -> datetime:
    try:
        moment = at_london(local)
    except NoSuchTime:
        raise Unreadable(
            "enter another time: the clocks went forward over this one", "time"
        ) from None
    if not happened_twice(local):
        return moment
    if not zone:
        raise Unreadable(
            "this time came twice that night, when the clocks went back. "
            "Add BST for the first time or GMT for the second",
            "time",
        )
    return moment + timedelta(hours=1) if zone == "gmt" else moment


def _time(text: str) -> tuple[time, str]:
    found = _TIME.fullmatch(" ".join(text.split()))  # of many spaces it would try every split
    if found is None or not (found["minute"] or found["half"]):
        raise Unreadable("enter a time, like 22:40 or 10:40pm", "time")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        raise Unreadable("enter a real time, like 22:40", "time")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute), (found["zone"] or "").lower()
    except ValueError:
        raise Unreadable("enter a real time, like 22:40", "time") from None


def _month(text: str) -> int:
    if text.isascii() and text.isdigit():
        return _number(text, "month")
    written = text.rstrip(".")
    fits = months_beginning(written)
    if len(written) < 3 or len(fits) != 1:
        raise Unreadable("enter a real month, like 3 or March", "month")
    return fits[0]


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise Unreadable("enter the year in 4 figures, like 2026", "year")
    if not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise Unreadable(f"enter a year from {FIRST_YEAR} to {LAST_YEAR}", "year")
    return int(text)


def _number(text: str, part: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 2):
        raise Unreadable(f"enter a real {part}", part)
    return int(text)
