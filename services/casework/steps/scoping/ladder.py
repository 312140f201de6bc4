"""The steps up which an unanswered request is taken, each asked for on its day (INF-06)."""

from datetime import date

from services.casework.effects import (
    AboutTodo,
    AskedSeat,
    agree_later_day,
    close_todos,
    move_todos,
    open_todo_of,
)
from services.casework.steps.scoping.national_days import must_leave_national_day
from services.casework.steps.scoping.owed_answers import is_step_asked, subject_of, todo_of
from services.casework.steps.scoping.turns_told import tell_agency, tell_turn
from services.database.agency_requests import AgencyRequest, requests
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.clocks.rules import ClockId
from services.domain.emails import EmailTrigger
from services.domain.errors import AnswerRefused
from services.domain.escalation import (
    TODO_OF,
    Rung,
    is_turn_of_others,
    next_rung,
    taken_by,
)
from services.domain.labels import label
from services.domain.todos import ON_SILENCE
from services.domain.working_days import written


def take_up(
    work: UnitOfWork, case: Case, request: AgencyRequest, rung: Rung, by_when: date
) -> None:
    """Take the silence one step up; raises AnswerRefused for another step than the next."""
    if (following := next_rung(request.rung)) is not rung:
        raise AnswerRefused("agency", f"For that agency the next step is: {label(following)}.")
    if by_when < work.today:
        raise AnswerRefused("by_when", "Enter a day from today on.")
    if not is_turn_of_others(rung):
        _must_be_later(request, by_when)
        must_leave_national_day(work, case, request, by_when, "by_when")
        give_day(work, case, request, by_when)
    request.rung, request.rung_due = rung, by_when
    work.session.add(request)
    close_todos(work, case, *ON_SILENCE, subject=subject_of(request))


def _must_be_later(request: AgencyRequest, by_when: date) -> None:
    """Refuse to name an earlier day than the agency has: it is to answer by one day, not by two."""
    if by_when < request.due:
        raise AnswerRefused("by_when", f"The agency has until {written(request.due)}.")


def give_day(work: UnitOfWork, case: Case, request: AgencyRequest, day: date) -> None:
    """Give the agency one last day wherever it reads one; the day first given stays (RR-40)."""
    if request.asked is Asked.SCOPING_RETURN:
        agree_later_day(work, case, ClockId.K6, day, subject=str(request.agency_id))
    about = AboutTodo(str(request.agency_id), day)
    move_todos(work, case, (todo_of(request),), request.due, about)
    request.due = day
    work.session.add(request)


def hand_over(work: UnitOfWork, case: Case, request: AgencyRequest, entry: Entry) -> None:
    """Ask those whose turn it is now for the next step, and tell them at once."""
    ask_next(work, case, request)
    tell_turn(work, case, request, EmailTrigger.SILENCE_ESCALATED, str(entry.number))


def give_notice(work: UnitOfWork, case: Case, request: AgencyRequest, entry: Entry) -> None:
    """Tell the agency, and its strategic lead, that it is given formal notice (INF-01)."""
    tell_agency(work, case, request, EmailTrigger.FORMAL_NOTICE, entry)


def rest_until(work: UnitOfWork, case: Case, request: AgencyRequest, day: date) -> bool:
    """Let the silence rest until the agency's later day; say whether somebody's turn ends by it."""
    give_day(work, case, request, day)
    request.rung_due = None if request.rung is None else day
    is_put_off = is_step_asked(work, case, request)
    close_todos(work, case, *ON_SILENCE, subject=subject_of(request))
    return is_put_off


def ask_next(work: UnitOfWork, case: Case, request: AgencyRequest) -> None:
    """Open the next step for whoever takes it, once; by the day that was said, if one is to come.

    The framework names no days for the steps (INF-06): a day that the agency let pass is not the
    last day of who takes the next one.
    """
    rung, said = next_rung(request.rung), request.rung_due
    about = AboutTodo(subject_of(request), said if said and said >= work.today else None)
    open_todo_of(work, case, TODO_OF[rung], AskedSeat(taken_by(rung), None), about)


def end_ladder(work: UnitOfWork, case: Case, request: AgencyRequest) -> None:
    """End what was done about the silence: the agency has answered, or is waited for no longer."""
    request.rung = request.rung_due = None
    work.session.add(request)
    close_todos(work, case, *ON_SILENCE, subject=subject_of(request))


def end_ladders(work: UnitOfWork, case: Case, asked: Asked) -> None:
    """End what was done about every silence of the case: no agency is asked for it any more."""
    for request in requests(work.session, case.id, asked):
        end_ladder(work, case, request)
