"""The last days of a case are counted again when the bank holidays change (rules.md 2.2, C1).

An act of Keyline itself, on one case at a time: the periodic job looks at every open clock
(`engine.holiday_recounts`).
"""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command, Rows
from services.casework.effects import Recount, recounts, take_count, tell_of_move
from services.casework.steps.moved_days import follow_last_day
from services.database.cases import Case, get_case
from services.database.clocks import clocks
from services.database.unit_of_work import UnitOfWork
from services.domain.bank_holidays import HolidayChange
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage


class CountAgain(Command):
    """Count the open clocks of a case by the bank holidays in force; there is nothing to say."""


class ChangedHoliday(Command):
    """A day by which the count is another one, with its source."""

    day: date = Field(title="Which day?")
    change: HolidayChange = Field(title="What changed?")
    title: str = Field(title="By which name?")
    source: str = Field(title="Where is it published?")


class MovedClock(Command):
    """An open clock, and its days before and after; the first day is given for a window."""

    clock: ClockId = Field(title="What is to be done")
    step: str | None = Field(default=None, title="Which step of our own")
    agency: UUID | None = Field(default=None, title="By whom")
    before: date = Field(title="Last day before")
    after: date = Field(title="Last day now")
    opens_before: date | None = Field(default=None, title="First day before")
    opens_after: date | None = Field(default=None, title="First day now")


class LastDaysMoved(Command):
    """What the bank holidays moved on the case, and why."""

    holidays: Annotated[tuple[ChangedHoliday, ...], Rows(of="bank holiday")] = Field(
        title="Which bank holidays changed?"
    )
    clocks: Annotated[tuple[MovedClock, ...], Rows(of="last day")] = Field(
        title="Which last days moved?"
    )


def count_again(work: UnitOfWork, case_id: CaseId, command: CountAgain) -> Case:
    """Move the open clocks that count otherwise now; the first date stays, and owners are told.

    Counting again moves nothing: what a clock was counted by stands in its own account. The case is
    locked before its clocks and emails, as every act does.
    """
    work.actor.must(COUNT_AGAIN.permission)
    case = get_case(work.session, case_id, for_change=True)
    found = recounts(work, case, clocks(work.session, case.id))
    for one in found:
        take_count(work, one)
    moved = [one for one in found if one.is_moved]
    if not moved:
        return case
    record_entry_as(work, case, COUNT_AGAIN, command, Entered(kept=_in_words(moved)))
    for one in moved:
        if one.clock.due != one.before.due:
            follow_last_day(work, case, one.clock, one.before.due)
            tell_of_move(work, case, one.clock, one.before.due)
    return case


COUNT_AGAIN = Act(
    name="count_again",
    command=CountAgain,
    perform=count_again,
    permission=Permission.CARRY_CASES,
    doing="count the clocks again",
    stages=frozenset(Stage),
    entry=EntryType.LAST_DAYS_MOVED,
    kept=LastDaysMoved,
    is_listed=False,
    section=Section.INTERNAL,
)


def _in_words(moved: Sequence[Recount]) -> LastDaysMoved:
    """Return what the entry keeps: every bank holiday once, and each clock that moved."""
    holidays = sorted({one for each in moved for one in each.holidays}, key=lambda one: one.day)
    return LastDaysMoved(
        holidays=tuple(
            ChangedHoliday(day=one.day, change=one.change, title=one.title, source=one.source)
            for one in holidays
        ),
        clocks=tuple(_moved_clock(one) for one in moved),
    )


def _moved_clock(moved: Recount) -> MovedClock:
    clock, before, after = moved.clock, moved.before, moved.after
    opens = (before.opens, after.opens) if before.opens != after.opens else (None, None)
    return MovedClock(
        clock=clock.clock,
        step=clock.title or None,
        agency=UUID(clock.subject) if clock.clock is ClockId.K6 else None,
        before=before.due,
        after=after.due,
        opens_before=opens[0],
        opens_after=opens[1],
    )
