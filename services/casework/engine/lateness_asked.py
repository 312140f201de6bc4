"""The manager is asked to tell of lateness while there is time to, and again when it is later.

A rapid review that is not signed will miss its last day, and so will a local review that has no
day of publication by its last day: the Panel is told before it does (RR-37, LC-15).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from services.casework.act import latest_command
from services.casework.effects import as_counted, close_todos, open_todo, policy_of
from services.casework.steps.local_review.delay import RECORD_DELAY, DelayRecorded
from services.casework.steps.rapid_review.lateness import TELL_LATENESS, LatenessTold
from services.casework.steps.rounds.sign_off_rounds import all_agree
from services.database.assignments import open_of
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.history import last_fact, said_for_review
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.clocks.standing import warning_days
from services.domain.entry_types import EntryType
from services.domain.lateness import TellingTime, asked_from, was_said_before
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo

_ASKED: Final = {ClockId.K10: Todo.TELL_LATENESS, ClockId.K11: Todo.RECORD_DELAY}


def ask_to_tell_of_lateness(
    work: UnitOfWork, running: Iterable[RunningClock], cases: Mapping[UUID, Case]
) -> None:
    """Ask for the notice where lateness is to be expected, and no more where it is not.

    What is asked already is looked up once, so that a round asks little of the database.
    """
    asked = {(one.case_id, one.todo) for one in open_of(work.session, *_ASKED.values())}
    for clock in running:
        todo = _ASKED.get(clock.clock)
        if todo is None or work.today < _from(work, cases[clock.case_id], clock):
            continue
        case, is_asked = cases[clock.case_id], (clock.case_id, todo) in asked
        is_late = _is_late if clock.clock is ClockId.K10 else _is_delayed
        if is_asked and not is_late(work, case, clock):
            close_todos(work, case, todo)
        elif not is_asked and is_late(work, case, clock) and _is_untold(work, case, clock):
            open_todo(work, case, todo, last_day=clock.due)


def _from(work: UnitOfWork, case: Case, clock: RunningClock) -> date:
    """Return the day from which the notice is asked for."""
    warnings = warning_days(as_counted(clock), work.calendar, policy_of(case))
    return asked_from(clock.due, warnings, work.calendar)


def _is_late(work: UnitOfWork, case: Case, _clock: RunningClock) -> bool:
    """Tell whether the partners have not signed the rapid review, or are to sign it again."""
    if case.stage not in TELL_LATENESS.stages:
        return False
    return case.decided_on is None or not all_agree(work, case, SignOffMatter.RAPID_REVIEW)


def _is_delayed(work: UnitOfWork, case: Case, clock: RunningClock) -> bool:
    """Tell whether no day of publication that is still to come lies on or before the last day."""
    planned = case.publish_on
    in_time = planned is not None and work.today <= planned <= clock.due
    return case.stage in RECORD_DELAY.stages and not in_time


def _is_untold(work: UnitOfWork, case: Case, clock: RunningClock) -> bool:
    """Tell whether nobody has told of it, or it is later than was told.

    What was told of a review that ended says nothing of the one that follows it (RR-37).
    """
    if clock.clock is ClockId.K10:
        is_told = said_for_review(work.session, case.id, EntryType.LATENESS_TOLD)
        told = latest_command(work, case, EntryType.LATENESS_TOLD, LatenessTold)
        return not is_told or told is None or told.expected_on < work.today
    delay = latest_command(work, case, EntryType.DELAY_RECORDED, DelayRecorded)
    if delay is None or delay.expected_on < work.today:
        return True
    if delay.told is TellingTime.NOT_NEEDED:  # by the last day, and said before it was asked
        said = last_fact(work.session, case.id, EntryType.DELAY_RECORDED)
        return said is not None and was_said_before(said.at, _from(work, case, clock))
    planned = case.publish_on
    return planned is not None and planned > max(delay.expected_on, clock.due)
