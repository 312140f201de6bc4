"""How long documents wait to be collected by a national body, and when a person is asked to ring.

A recipient without an account collects them with a one-time address, which an email carries, and a
code, which it is told by telephone.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from services.domain.labels import label
from services.domain.plain_dates import weekday_day_month_year
from services.domain.recipients import Recipient
from services.domain.working_days import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionRule:
    """The lengths of a collection in working days, and how many wrong codes lock it.

    ``asked_after`` counts from the day of sending, ``asked_before`` back from the last day of the
    duty: whichever is first.
    """

    open_for: int = 10
    asked_after: int = 2
    asked_before: int = 2
    wrong_codes: int = 5
    digits: int = 8


NATIONAL: Final = CollectionRule()


def closes_on(sent_on: date, calendar: Calendar, rule: CollectionRule = NATIONAL) -> date:
    """Return the last day on which documents that were sent on the day may be collected."""
    return calendar.add_working_days(sent_on, rule.open_for)


def ask_on(
    sent_on: date, last_day: date | None, calendar: Calendar, rule: CollectionRule = NATIONAL
) -> date:
    """Return the day on which the manager is asked to ring, if nothing was collected by then.

    Where the documents were sent so late that the warning before the last day had passed, the
    recipient has the same two working days as otherwise (P7).
    """
    after = calendar.add_working_days(sent_on, rule.asked_after)
    if last_day is None:
        return after
    before = calendar.subtract_working_days(last_day, rule.asked_before)
    return min(after, before) if before > sent_on else after


def watermark(reference: str, recipient: Recipient, day: date) -> str:
    """Say, on each page, of which case, to whom and when the copy was handed out."""
    return f"{reference}: collected by {label(recipient)} on {weekday_day_month_year(day)}"
