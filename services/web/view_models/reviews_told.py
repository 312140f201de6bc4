"""What the board says of one local review: scope, month, risk to its date, family, next meeting."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from services.casework.steps.local_review.delay import DelayRecorded
from services.database.clocks import RunningClock
from services.database.history import Entry
from services.domain.clocks.counting import add_months
from services.domain.entry_types import EntryType
from services.domain.family_log import FAMILY_LOG
from services.domain.labels import label
from services.domain.labels.own_words import in_own_words
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital
from services.web.view_models.table_shown import TableCell

_OF_RISK: Final = (
    EntryType.DELAY_RECORDED,
    EntryType.PROGRESS_REPORTED,
    EntryType.REVIEW_MONITORED,
)
_OF_EVENT: Final = (
    EntryType.LEARNING_EVENT_PLANNED,
    EntryType.LEARNING_EVENT_CALLED_OFF,
    EntryType.LEARNING_EVENT_HELD,
)
TOLD_OF: Final = (EntryType.TERMS_AGREED, EntryType.GROUP_MET, *_OF_RISK, *_OF_EVENT, *FAMILY_LOG)
_FAMILY: Final = {
    EntryType.DRAFT_SHARED_WITH_FAMILY: "The draft was shared",
    EntryType.FAMILY_CONTACTED: "Spoken with",
    EntryType.INVOLVEMENT_DECIDED: "Who takes part is decided",
    EntryType.FAMILY_APPROACH_AGREED: "The approach is agreed",
}


def scope_of(said: Sequence[Entry]) -> str:
    """Say which period is looked at, and how many key lines of enquiry there are."""
    terms = _newest(said, EntryType.TERMS_AGREED)
    if terms is None:
        return "No terms of reference yet"
    lines = len(terms.command["key_lines"])
    asked = f"{lines} key {'line' if lines == 1 else 'lines'} of enquiry"
    begins, ends = (_day(terms.command[name]) for name in ("period_from", "period_to"))
    return f"{asked}; events from {begins} to {ends}"


def month_of(clock: RunningClock, today: date) -> str:
    """Say in which of its months the review is: the first begins on the day of the decision."""
    if today > clock.due:
        return f"{clock.length} months are over"
    months = range(1, clock.length + 1)
    number = next((one for one in months if today < add_months(clock.anchored_on, one)), None)
    return f"Month {number or clock.length} of {clock.length}"


def risk_of(said: Sequence[Entry]) -> TableCell:
    """Say what was said last of whether the report is published in time, and why not (LC-14)."""
    newest = _newest(said, *_OF_RISK)
    if newest is None:
        return TableCell("Nothing said of it yet")
    if newest.entry_type is EntryType.DELAY_RECORDED:
        delay = DelayRecorded.model_validate(newest.command)
        expected = weekday_day_month_year(delay.expected_on)
        return TableCell(
            f"Expected on {expected}", hint=f"{capital(label(delay.course))}: {delay.reasons}"
        )
    by = capital(label(newest.entry_type))
    in_time = newest.command.get("in_time")
    if in_time is None:
        return TableCell("Not said", hint=by)
    return TableCell("Expected in time" if in_time else "Expected late", hint=by)


def family_of(said: Sequence[Entry], *, is_read: bool) -> str:
    """Say how far the family's part is, to who reads of it."""
    if not is_read:
        return "Not shown to you"
    there = {one.entry_type for one in said}
    return next((words for kind, words in _FAMILY.items() if kind in there), "Not begun")


def next_meeting(said: Sequence[Entry], today: date) -> TableCell:
    """Say what is held or considered next, and on which day."""
    known = [(on, what) for on, what in _meetings(said) if on >= today]
    if not known:
        return TableCell("None is set")
    on, what = min(known)
    return TableCell(what, hint=weekday_day_month_year(on))


def _meetings(said: Sequence[Entry]) -> Iterable[tuple[date, str]]:
    for kind, name, what in (
        (EntryType.GROUP_MET, "meets_on", in_own_words("The review group")),
        (EntryType.REVIEW_MONITORED, "next_on", "The partners consider it"),
    ):
        days = [one.command.get(name) for one in said if one.entry_type is kind]
        newest = next((day for day in reversed(days) if day), None)
        if newest:
            yield date.fromisoformat(newest), what
    event = _newest(said, *_OF_EVENT)
    if event is not None and event.entry_type is EntryType.LEARNING_EVENT_PLANNED:
        for one in event.command["sittings"]:
            yield date.fromisoformat(one["held_on"]), "The learning event"


def _newest(said: Sequence[Entry], *kinds: EntryType) -> Entry | None:
    return next((one for one in reversed(said) if one.entry_type in kinds), None)


def _day(text: str) -> str:
    return weekday_day_month_year(date.fromisoformat(text))
