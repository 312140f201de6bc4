"""What a chronology tells of an event: how certain its day is, and whether the child was heard."""

from datetime import date
from enum import StrEnum
from typing import Final

from services.domain.plain_dates import MONTHS, day_month_year

MOST_ROWS: Final = 500


class DateCertainty(StrEnum):
    """How certain the day of an event is (Doc 10)."""

    CERTAIN = "certain"
    ABOUT = "about"
    MONTH = "month"
    YEAR = "year"


class ChildSeen(StrEnum):
    """Whether the child was seen or heard at an event (Doc 10)."""

    SEEN = "seen"
    HEARD = "heard"
    SEEN_AND_HEARD = "seen_and_heard"
    NEITHER = "neither"
    NOT_RECORDED = "not_recorded"


class SourceKind(StrEnum):
    """What kind of record an event is taken from."""

    CASE_RECORD = "case_record"
    ASSESSMENT = "assessment"
    MINUTES = "minutes"
    CORRESPONDENCE = "correspondence"
    LOG = "log"
    RECOLLECTION = "recollection"
    OTHER = "other"


class StandingRows(StrEnum):
    """What becomes of rows that stand in a form when a file brings in others."""

    STAY = "stay"
    REPLACED = "replaced"


def day_told(day: date, certainty: DateCertainty) -> str:
    """Return the day as far as it is certain: `about 3 March 2024`, `March 2024`, `2024`."""
    match certainty:
        case DateCertainty.ABOUT:
            return f"about {day_month_year(day)}"
        case DateCertainty.MONTH:
            return f"{MONTHS[day.month - 1]} {day.year}, day not known"
        case DateCertainty.YEAR:
            return f"{day.year}, day not known"
        case DateCertainty.CERTAIN:
            return day_month_year(day)
