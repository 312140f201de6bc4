"""When the Panel is told that something will be late: from which day on people are asked to."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from services.domain.working_days import Calendar, london_date

# To write the notice, to have it read and confirmed, and to send it.
TAKES_WORKING_DAYS: Final = 2


class TellingTime(StrEnum):
    """Whether the bodies were told of lateness before the last day had passed (RR-37, LC-15)."""

    IN_TIME = "in_time"
    LATE = "late"
    NOT_NEEDED = "not_needed"


class DelayCourse(StrEnum):
    """What is done while a criminal process, or something else, stands in the way (LC-16)."""

    PROCEED = "proceed"
    DELAY_PUBLICATION = "delay_publication"
    DELAY_REVIEW = "delay_review"


def asked_from(last_day: date, warnings: Iterable[date], calendar: Calendar) -> date:
    """Return the day from which the notice is asked for: the last warning that leaves time for it.

    The warnings are the policy's. Where none leaves time, it is the last day that does.
    """
    latest = calendar.subtract_working_days(last_day, TAKES_WORKING_DAYS)
    return max((day for day in warnings if day <= latest), default=latest)


def was_said_before(at: datetime, day: date) -> bool:
    """Tell whether something was said before the day, by the clock in England."""
    return london_date(at) < day


def time_of_telling(last_day: date | None, expected_on: date, today: date) -> TellingTime:
    """Tell whether a notice of today comes before the breach; none is needed in time (LC-15)."""
    if last_day is None or expected_on <= last_day:
        return TellingTime.NOT_NEEDED
    return TellingTime.IN_TIME if today <= last_day else TellingTime.LATE
