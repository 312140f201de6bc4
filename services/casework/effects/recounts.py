"""Which clocks the bank holidays in force count otherwise than they were counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.casework.effects.clocks import counted_now, policy_of, set_count
from services.casework.effects.counts_kept import as_counted
from services.database.bank_holidays import approved_holidays
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.unit_of_work import UnitOfWork
from services.domain.bank_holidays import OneOffDay, days_counted_otherwise
from services.domain.clocks.due_dates import DueDate, Note, Remark
from services.domain.clocks.rules import ClockId, Unit
from services.domain.labels import label
from services.domain.working_days import london_date, written


@dataclass(frozen=True, slots=True)
class Recount:
    """An open clock with its old count, its new one, and the bank holidays between the two."""

    clock: RunningClock
    before: DueDate
    after: DueDate
    holidays: tuple[OneOffDay, ...]

    @property
    def is_moved(self) -> bool:
        """Tell whether the last day is another one, or the first day of a window."""
        return (self.before.opens, self.before.due) != (self.after.opens, self.after.due)


def recounts(work: UnitOfWork, case: Case, clocks: Iterable[RunningClock]) -> list[Recount]:
    """Return those of the case's clocks that are open and count otherwise now.

    A clock that another rule or policy would count otherwise is none of them: it keeps the count of
    the day on which it was started. A later day that was given to an agency is no count (RR-40),
    nor is a step that its policy has not: it was kept when the case was moved to it (5A).
    """
    running = [one for one in clocks if one.runs]
    notified = next((one.anchored_on for one in running if one.clock is ClockId.K10), None)
    policy = policy_of(case)
    found = [
        _recount(work, case, one, notified)
        for one in running
        if (one.unit is Unit.WORKING_DAYS or one.target is not None)
        and not is_agreed(one)
        and policy.counts(one.clock, one.subject, one.anchor)
    ]
    return [one for one in found if _differs(one.before, one.after) and _is_by_holidays(one)]


def is_agreed(clock: RunningClock) -> bool:
    """Tell whether the clock's last day was given later, and is not as it was counted."""
    return any(one.remark is Remark.AGREED_LATER for one in as_counted(clock).notes)


def take_count(work: UnitOfWork, recount: Recount) -> None:
    """Give the clock its new count; one that moved says from which day, and by which holidays."""
    notes = [one for one in recount.before.notes if one.remark is Remark.HOLIDAYS_CHANGED]
    if recount.is_moved:
        because = "; ".join(map(in_words, recount.holidays))
        notes = [Note(remark=Remark.HOLIDAYS_CHANGED, name=because, day=recount.before.due)]
    after = replace(recount.after, notes=(*recount.after.notes, *notes))
    set_count(work, recount.clock, after)


def in_words(changed: OneOffDay) -> str:
    """Say what a day became, by which name and source."""
    source = changed.source or "as this release of Keyline knows it"
    named = f"{changed.title}; {source}" if changed.title else source
    return f"{written(changed.day)} {label(changed.change)} ({named})"


def _recount(work: UnitOfWork, case: Case, running: RunningClock, notified: date | None) -> Recount:
    before, after = as_counted(running), counted_now(work, case, running, notified)
    since = before.anchored_on
    if running.clock is ClockId.K7:
        since = min(since, london_date(case.referred_at))
    changes: Sequence[OneOffDay] = approved_holidays(work.session).days
    holidays = days_counted_otherwise(before, after, since, work.calendar, changes)
    return Recount(running, before, after, holidays)


def _differs(before: DueDate, after: DueDate) -> bool:
    return (before.opens, before.due, before.target, before.skipped) != (
        after.opens,
        after.due,
        after.target,
        after.skipped,
    )


def _is_by_holidays(recount: Recount) -> bool:
    return bool(recount.holidays) or not recount.is_moved
