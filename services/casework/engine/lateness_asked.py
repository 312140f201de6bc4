"""The manager is asked to tell of lateness while there is time to, and again when it is later.

A rapid review that is not signed will miss its last day, and so will a local review that has no
day of publication within its six months: the Panel is told before it does (RR-37, LC-15).
"""

from datetime import date, timedelta
from typing import Final

from services.casework.act import latest_command
from services.casework.effects import as_counted, close_todos, open_todo, policy_of
from services.casework.steps.local_review.delay import RECORD_DELAY, DelayRecorded
from services.casework.steps.rapid_review.lateness import TELL_LATENESS, LatenessTold
from services.casework.steps.rounds.sign_off_rounds import all_agree
from services.database.cases import Case, cases_of
from services.database.clocks import RunningClock, open_clocks
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.clocks.standing import warning_days
from services.domain.entry_types import EntryType
from services.domain.lateness import asked_from
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo

_AHEAD: Final = timedelta(days=200)  # more than the first warning is before the last day
_ASKED: Final = {ClockId.K10: Todo.TELL_LATENESS, ClockId.K11: Todo.RECORD_DELAY}


def ask_to_tell_of_lateness(work: UnitOfWork) -> None:
    """Ask for the notice where lateness is to be expected, and no more where it is not."""
    running = open_clocks(work.session, due_by=work.today + _AHEAD)
    cases = cases_of(work.session, {one.case_id for one in running if one.clock in _ASKED})
    for clock in running:
        if clock.clock in _ASKED and work.today >= _from(work, cases[clock.case_id], clock):
            _ask(work, cases[clock.case_id], clock)


def _from(work: UnitOfWork, case: Case, clock: RunningClock) -> date:
    """Return the day from which the notice is asked for."""
    warnings = warning_days(as_counted(clock), work.calendar, policy_of(case))
    return asked_from(clock.due, warnings, work.calendar)


def _ask(work: UnitOfWork, case: Case, clock: RunningClock) -> None:
    todo, is_to_come = _ASKED[clock.clock], _is_late if clock.clock is ClockId.K10 else _is_delayed
    if is_to_come(work, case, clock):
        open_todo(work, case, todo, last_day=clock.due)
    else:
        close_todos(work, case, todo)


def _is_late(work: UnitOfWork, case: Case, _clock: RunningClock) -> bool:
    """Tell whether a rapid review will be late and nobody has told of it, or it is later still."""
    if case.stage not in TELL_LATENESS.stages or all_agree(work, case, SignOffMatter.RAPID_REVIEW):
        return False
    told = latest_command(work, case, EntryType.LATENESS_TOLD, LatenessTold)
    return told is None or told.expected_on < work.today


def _is_delayed(work: UnitOfWork, case: Case, clock: RunningClock) -> bool:
    """Tell whether publication will miss the six months and nobody has told of it."""
    planned = case.publish_on
    in_time = planned is not None and work.today <= planned <= clock.due
    if case.stage not in RECORD_DELAY.stages or in_time:
        return False
    told = latest_command(work, case, EntryType.DELAY_RECORDED, DelayRecorded)
    if told is None or told.expected_on < work.today:
        return True
    return planned is not None and planned > max(told.expected_on, clock.due)
