"""What hangs on the last day of a clock, and follows it when it moves."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from services.casework.effects import AboutTodo, move_dispatch_days, move_todos, open_todo
from services.casework.steps.rounds.dissent_days import move_route
from services.casework.steps.rounds.sign_off_rounds import all_agree, ask_others, round_of
from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.clocks.rules import ClockId
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.working_days import london_date

_TODOS: Final[Mapping[ClockId, Sequence[Todo]]] = {
    ClockId.K1: (Todo.DECIDE_TO_NOTIFY, Todo.RECORD_NOTIFICATION),
    ClockId.K3: (Todo.RECORD_LOOKED_AFTER_DEATH,),
    ClockId.K3B: (Todo.RECORD_LOOKED_AFTER_DEATH,),
    ClockId.K4: (Todo.SET_MEETING,),
    ClockId.K5: (Todo.REQUEST_RETURNS, Todo.ANSWER_LISTED_ADDRESS),
    ClockId.K6: (Todo.SUBMIT_RETURN,),
    ClockId.K8: (Todo.WRITE_RECORD, Todo.ANSWER_CRITERIA, Todo.PROPOSE_DECISION),
    ClockId.K10: (
        Todo.SIGN_RAPID_REVIEW,
        Todo.PROPOSE_DECISION,
        Todo.SUBMIT,
        Todo.TELL_LATENESS,
    ),
    ClockId.K12: (
        Todo.SIGN_PUBLICATION,
        Todo.SIGN_TAKING_DOWN,
        Todo.DECIDE_LEGAL_ADVICE,
        Todo.PLAN_PUBLICATION,
        Todo.PRE_SEND,
        Todo.PUBLICATION_STEP,
    ),
}
_SIGNED_BY: Final = {
    ClockId.K10: SignOffMatter.RAPID_REVIEW,
    ClockId.K12: SignOffMatter.PUBLICATION,
}


def follow_last_day(work: UnitOfWork, case: Case, clock: RunningClock, before: date) -> None:
    """Give what was to be done by the day before the clock's new last day.

    A meeting that is set for a day after the window has to be set again (K7). Partnerships that
    sign with us are told the day again.
    """
    # The manager is asked to send all forms, whichever agency's day has moved.
    subject = "" if clock.clock is ClockId.K5 else clock.subject
    about = AboutTodo(subject, clock.due)
    move_todos(work, case, _TODOS.get(clock.clock, ()), before, about)
    move_dispatch_days(work, case, clock, before)
    matter = _SIGNED_BY.get(clock.clock)
    if matter and round_of(work, case, matter) and not all_agree(work, case, matter):
        ask_others(work, case, matter, last_day=clock.due)
    move_route(work, case, clock.clock, clock.due)
    if clock.clock is ClockId.K6:
        _move_request(work, case, clock, before)
    if clock.clock is ClockId.K7 and case.meeting_at and london_date(case.meeting_at) > clock.due:
        open_todo(work, case, Todo.SET_MEETING, last_day=clock.due)


def _move_request(work: UnitOfWork, case: Case, clock: RunningClock, before: date) -> None:
    for request in requests(work.session, case.id, Asked.SCOPING_RETURN):
        if str(request.agency_id) == clock.subject and request.due == before:
            request.due = clock.due
            work.session.add(request)
