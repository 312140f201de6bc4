"""The steps up which an unanswered request is taken, each asked for on its day (INF-06)."""

from datetime import date
from typing import Final
from uuid import UUID

from pydantic import Field

from services.casework.commands import AgencyChoice, Command
from services.casework.effects import (
    AboutTodo,
    AskedSeat,
    EmailContext,
    close_todos,
    enqueue_email,
    open_todo_of,
)
from services.casework.effects.emails import enqueue_email_to
from services.database.agency_requests import AgencyRequest, get_request, requests
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.errors import AnswerRefused
from services.domain.escalation import OWED, TODO_OF, Rung, next_rung, taken_by
from services.domain.labels import label
from services.domain.recipients import Recipient
from services.domain.roles import Role
from services.domain.todos import ON_SILENCE, Todo

_MATTER: Final = {
    Asked.SCOPING_RETURN: EmailMatter.RETURN_SCOPING,
    Asked.REPORT: EmailMatter.AGENCY_REPORT,
}
_ANSWERED_BY: Final = {
    Asked.SCOPING_RETURN: Todo.SUBMIT_RETURN,
    Asked.REPORT: Todo.SUBMIT_REPORT,
}
_TURN_OF: Final = {
    Role.BUSINESS_MANAGER: (Recipient.BUSINESS_MANAGER,),
    Role.REVIEW_GROUP_CHAIR: (Recipient.CHAIR,),
    Role.SAFEGUARDING_PARTNER: (Recipient.PARTNERS,),
}
_GROUP: Final = (Recipient.GROUP_MEMBERS, Recipient.REVIEW_GROUP)


class OwedAnswer(Command):
    """Which answer of which agency it is about."""

    agency: AgencyChoice = Field(title="Which agency has not answered?")
    asked: Asked = Field(title="What was it asked for?")


def owed_requests(work: UnitOfWork, case: Case) -> list[AgencyRequest]:
    """Return what agencies of the case owe an answer to, soonest first."""
    made = (one for asked in Asked for one in requests(work.session, case.id, asked))
    return [one for one in made if one.answered in OWED[one.asked]]


def owed(work: UnitOfWork, case: Case, agency_id: UUID, asked: Asked) -> AgencyRequest:
    """Return the request, locked; raises AnswerRefused where the agency owes no answer to it."""
    waits = {(one.agency_id, one.asked) for one in owed_requests(work, case)}
    if (agency_id, asked) not in waits:
        raise AnswerRefused("agency", f"That agency owes no {label(asked)} on this case.")
    return get_request(work.session, case.id, asked, agency_id)


def take_up(
    work: UnitOfWork, case: Case, request: AgencyRequest, rung: Rung, by_when: date
) -> None:
    """Take the silence one step up; raises AnswerRefused for another step than the next."""
    if (following := next_rung(request.rung)) is not rung:
        raise AnswerRefused("agency", f"For that agency the next step is: {label(following)}.")
    if by_when < work.today:
        raise AnswerRefused("by_when", "Enter a day from today on.")
    request.rung, request.rung_due = rung, by_when
    work.session.add(request)
    close_todos(work, case, *ON_SILENCE, subject=subject_of(request))


def hand_over(work: UnitOfWork, case: Case, request: AgencyRequest, entry: Entry) -> None:
    """Ask those whose turn it is now for the next step, and tell them at once."""
    ask_next(work, case, request)
    tell_turn(work, case, request, EmailTrigger.SILENCE_ESCALATED, str(entry.number))


def ask_next(work: UnitOfWork, case: Case, request: AgencyRequest) -> None:
    """Open the next step for whoever takes it, by the day that was said; once."""
    rung = next_rung(request.rung)
    about = AboutTodo(subject_of(request), request.rung_due or request.due)
    open_todo_of(work, case, TODO_OF[rung], AskedSeat(taken_by(rung), None), about)


def tell_turn(
    work: UnitOfWork, case: Case, request: AgencyRequest, event: EmailTrigger, part: str
) -> None:
    """Write to whose turn it is; the rest of the group is told with them, without a task."""
    rung = next_rung(request.rung)
    matter, day = _MATTER[request.asked], request.rung_due or request.due
    about = EmailContext(matter=matter, due=day, todo=TODO_OF[rung], part=part)
    enqueue_email_to(work, case, event, _TURN_OF[taken_by(rung)], about)
    if request.rung is Rung.REVIEW_GROUP and event is EmailTrigger.SILENCE_ESCALATED:
        enqueue_email_to(work, case, event, _GROUP, EmailContext(matter=matter, part=part))


def todo_of(request: AgencyRequest) -> Todo:
    """Return what the agency is asked to do."""
    return _ANSWERED_BY[request.asked]


def tell_agency(
    work: UnitOfWork, case: Case, request: AgencyRequest, event: EmailTrigger, entry: Entry
) -> None:
    """Write to the agency, and to whom else the event tells, of the answer and its day now."""
    about = EmailContext(
        matter=_MATTER[request.asked],
        due=request.rung_due or request.due,
        todo=todo_of(request),
        agency_id=request.agency_id,
        part=str(entry.number),
    )
    enqueue_email(work, case, event, about)


def end_ladder(work: UnitOfWork, case: Case, request: AgencyRequest) -> None:
    """End what was done about the silence: the agency has answered, or is waited for no longer."""
    request.rung = request.rung_due = None
    work.session.add(request)
    close_todos(work, case, *ON_SILENCE, subject=subject_of(request))


def subject_of(request: AgencyRequest) -> str:
    """Return by which name todos tell the answers that are owed apart."""
    return f"{request.asked}:{request.agency_id}"


def is_owed(work: UnitOfWork, case: Case) -> bool:
    """Tell whether an agency of the case owes an answer."""
    return bool(owed_requests(work, case))


def waits_for(rung: Rung, work: UnitOfWork, case: Case) -> bool:
    """Tell whether this step is the next for an agency of the case."""
    return any(next_rung(one.rung) is rung for one in owed_requests(work, case))
