"""Whether a published report is still at its address, for at least a year (PUB-29, K13)."""

from datetime import date, datetime, timedelta
from typing import Final

from services.domain.working_days import london_date

# An address that is silent for a whole day is no passing trouble of a website.
SILENT_FOR: Final = timedelta(days=1)
LOOKED_AT_EVERY: Final = timedelta(days=30)
ASKED_AGAIN_AFTER: Final = timedelta(hours=1)


def is_to_be_asked(
    seen_at: datetime | None, asked_at: datetime | None, now: datetime, *, is_doubted: bool
) -> bool:
    """Tell whether the address is asked now: once a day, and a silent one each hour until then.

    One at which a person looks already is asked once a day too, so that no website is pressed.
    """
    if seen_at is not None and london_date(seen_at) >= london_date(now):
        return False
    if asked_at is None:
        return True
    if is_doubted:
        return london_date(asked_at) < london_date(now)
    return now - asked_at >= ASKED_AGAIN_AFTER


def is_doubtful(seen_at: datetime | None, now: datetime, *, by_a_person: bool) -> bool:
    """Tell whether a person is to look, now that the address has not answered.

    One that a person found there, and that has never answered a check since, refuses to be checked:
    it is looked at again by a person.
    """
    if seen_at is None:
        return True
    return now - seen_at >= (LOOKED_AT_EVERY if by_a_person else SILENT_FOR)


def is_to_be_looked_at(seen_on: date, today: date, until: date) -> bool:
    """Tell whether a person is to look where no machine does: monthly, and at the end."""
    return today - seen_on >= LOOKED_AT_EVERY or seen_on < until <= today


def was_kept(seen_on: date | None, until: date, today: date) -> bool:
    """Tell whether the time is over and the report was seen there on its last day or later."""
    return seen_on is not None and until <= seen_on and until < today
