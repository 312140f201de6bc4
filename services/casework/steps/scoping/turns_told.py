"""Who is written to about an answer that is owed: whose turn it is, and the agency (INF-06)."""

from typing import Final
from uuid import UUID

from services.casework.effects import (
    EmailContext,
    enqueue_email,
)
from services.casework.effects.emails import enqueue_email_to
from services.casework.steps.scoping.owed_answers import to_be_reminded, todo_of
from services.database.agency_requests import AgencyRequest
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Answered, Asked
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.escalation import (
    TODO_OF,
    Rung,
    next_rung,
    taken_by,
)
from services.domain.recipients import Recipient
from services.domain.roles import Role
from services.domain.todos import Todo

_MATTER: Final = {
    Asked.SCOPING_RETURN: EmailMatter.RETURN_SCOPING,
    Asked.REPORT: EmailMatter.AGENCY_REPORT,
}
_TURN_OF: Final = {
    Role.BUSINESS_MANAGER: (Recipient.BUSINESS_MANAGER,),
    Role.REVIEW_GROUP_CHAIR: (Recipient.CHAIR,),
    Role.SAFEGUARDING_PARTNER: (Recipient.PARTNERS,),
}
_GROUP: Final = (Recipient.GROUP_MEMBERS, Recipient.REVIEW_GROUP)


def _matter(request: AgencyRequest) -> EmailMatter:
    """Say what is waited for: a report that came and was returned is no silence."""
    if request.answered is Answered.SENT_BACK:
        return EmailMatter.RETURNED_REPORT
    return _MATTER[request.asked]


def tell_turn(
    work: UnitOfWork, case: Case, request: AgencyRequest, event: EmailTrigger, part: str
) -> None:
    """Write to whose turn it is; the rest of the group is told with them, without a task.

    The day is that of their turn when it begins; once a day has passed it is the agency's own.
    """
    rung, matter = next_rung(request.rung), _matter(request)
    day = request.rung_due if event is EmailTrigger.SILENCE_ESCALATED else request.due
    about = EmailContext(matter=matter, due=day, todo=TODO_OF[rung], part=part)
    enqueue_email_to(work, case, event, _TURN_OF[taken_by(rung)], about)
    if request.rung is Rung.REVIEW_GROUP and event is EmailTrigger.SILENCE_ESCALATED:
        enqueue_email_to(work, case, event, _GROUP, EmailContext(matter=matter, part=part))


def tell_put_off(work: UnitOfWork, case: Case, request: AgencyRequest, entry: Entry) -> None:
    """Write to whoever was asked for the next step that the agency has more time instead."""
    whose = taken_by(next_rung(request.rung))
    about = EmailContext(matter=_matter(request), due=request.due, part=str(entry.number))
    if whose is not work.actor.role:
        enqueue_email_to(work, case, EmailTrigger.SILENCE_PUT_OFF, _TURN_OF[whose], about)


def write_again(work: UnitOfWork, case: Case, agency_id: UUID, entry: Entry) -> None:
    """Write to an agency of which an answer is waited for where it is reached since the entry.

    What was written to it before opens nothing any more.
    """
    for request in to_be_reminded(work, case):
        if request.agency_id == agency_id:
            remind_agency(work, case, request, f":{entry.number}")


def remind_agency(work: UnitOfWork, case: Case, request: AgencyRequest, occasion: str = "") -> None:
    """Remind an agency of its return; or, where one was entered for it, to confirm that."""
    enqueue_email(work, case, *reminder_of(request, occasion))


def reminder_of(request: AgencyRequest, occasion: str = "") -> tuple[EmailTrigger, EmailContext]:
    """Return the email by which an agency is reminded of its return, or to confirm it."""
    part = f"{request.agency_id}:{request.times_chased}{occasion}"
    if request.answered is Answered.UNCONFIRMED:
        return EmailTrigger.RETURN_TO_CONFIRM, _to_confirm(request, f"{part}:reminded")
    about = EmailContext(
        matter=EmailMatter.RETURN_SCOPING,
        due=request.due,
        todo=Todo.SUBMIT_RETURN,
        agency_id=request.agency_id,
        part=part,
    )
    return EmailTrigger.AGENCY_CHASED, about


def ask_to_confirm(work: UnitOfWork, case: Case, request: AgencyRequest, part: str) -> None:
    """Write to the agency that its answer, as it was entered, waits for it to confirm it.

    No rule gives a day for that: K6 is met by the answer, whatever day it had.
    """
    enqueue_email(work, case, EmailTrigger.RETURN_TO_CONFIRM, _to_confirm(request, part))


def _to_confirm(request: AgencyRequest, part: str) -> EmailContext:
    return EmailContext(todo=Todo.CONFIRM_RETURN, agency_id=request.agency_id, part=part)


def tell_agency(
    work: UnitOfWork, case: Case, request: AgencyRequest, event: EmailTrigger, entry: Entry
) -> None:
    """Write to the agency, and to whom else the event tells, of the answer and its day now."""
    about = EmailContext(
        matter=_matter(request),
        due=request.due,
        todo=todo_of(request),
        agency_id=request.agency_id,
        part=str(entry.number),
    )
    enqueue_email(work, case, event, about)
