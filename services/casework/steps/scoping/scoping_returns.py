"""The scoping forms as they come back: returned by each agency, or excused with a reason."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import (
    AgencyChoice,
    Command,
    LongText,
    ShortText,
    YesNo,
)
from services.casework.effects import (
    EmailContext,
    cancel_clock,
    close_todos,
    enqueue_email,
    mark_met,
    order_document,
)
from services.casework.steps.scoping.scoping import unanswered_request
from services.database.agency_requests import AgencyRequest, get_request
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import RETURNED_AT, Answered, Asked
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Step


class SubmitReturn(Command):
    """One agency's scoping return (Doc 2), with its records secured (RR-41)."""

    involved: YesNo = Field(title="Did your agency have any involvement with the family?")
    involvement: LongText = Field(
        title="Involvement",
        description="With whom of the family named in the letter, and with whom not; from when to "
        "when, which services. Give roles, not names of practitioners.",
    )
    key_events: LongText = Field(title="Key events, briefly")
    risk: LongText = Field(title="Is anyone at risk now, and what has been done?")
    learning: LongText = Field(title="Early learning and good practice")
    records_secured: YesNo = Field(title="Are all your records of this family secured? (RR-41)")
    representative: ShortText = Field(
        title="Nominated representative", description="Through whom alone the records are opened."
    )
    casework_access: LongText | None = Field(
        default=None, title="Who approved access for ongoing casework, if anyone needs it?"
    )
    other_agencies: LongText | None = Field(
        default=None, title="Other agencies you know to be involved"
    )


class ExcuseReturn(Command):
    """Why an expected agency is left out; the rapid review must explain it (RR-13, G3)."""

    agency: AgencyChoice = Field(title="Which agency will not return a form?")
    reasons: LongText = Field(title="Why not?")


def submit_return(work: UnitOfWork, case_id: CaseId, command: SubmitReturn) -> Case:
    """Keep the actor's own agency's return and its attestation that records are secured."""
    case = begin(work, case_id, SUBMIT_RETURN, command)
    if work.actor.agency_id is None:
        raise NotPermitted("Only a person who acts for an agency may return its form.")
    if not command.records_secured:
        raise AnswerRefused(
            "records_secured", "Secure all records first, then confirm it here (RR-41)."
        )
    agency_id = work.actor.agency_id
    request = get_request(work.session, case.id, Asked.SCOPING_RETURN, agency_id)
    _answer(work, request, Answered.RECEIVED)
    request.version += 1
    request.records_secured = True
    request.representative = command.representative
    entry = record_entry(work, case, SUBMIT_RETURN, command, subject=str(agency_id))
    mark_met(work, case, ClockId.K6, subject=str(agency_id))
    close_todos(work, case, Todo.SUBMIT_RETURN, subject=str(agency_id))
    order_document(work, entry, Step.SCOPE, DocumentKind.SCOPING_RETURN, agency_id)
    enqueue_email(
        work,
        case,
        EmailTrigger.RETURN_RECEIVED,
        EmailContext(part=f"{agency_id}:{request.version}"),
    )
    return case


SUBMIT_RETURN = Act(
    name="submit_return",
    command=SubmitReturn,
    perform=submit_return,
    permission=Permission.ANSWER_AGENCY_REQUEST,
    doing="return a scoping form",
    stages=RETURNED_AT,
    entry=EntryType.RETURN_SUBMITTED,
    todo=Todo.SUBMIT_RETURN,
    clock=ClockId.K6,
    is_listed=False,
    section=Section.SCOPING_RETURNS,
    holds_family_data=True,
)


def excuse_return(work: UnitOfWork, case_id: CaseId, command: ExcuseReturn) -> Case:
    """Record why an expected agency's return is not coming (RR-13)."""
    case = begin(work, case_id, EXCUSE_RETURN, command)
    request = unanswered_request(work, case, command.agency)
    _answer(work, request, Answered.EXCUSED)
    request.reasons = command.reasons
    record_entry(work, case, EXCUSE_RETURN, command, subject=str(command.agency))
    cancel_clock(
        work,
        case,
        ClockId.K6,
        subject=str(command.agency),
        because=ClockEnding.RETURN_EXCUSED,
    )
    close_todos(work, case, Todo.SUBMIT_RETURN, subject=str(command.agency))
    return case


EXCUSE_RETURN = Act(
    name="excuse_return",
    command=ExcuseReturn,
    which="agency",
    perform=excuse_return,
    permission=Permission.RUN_SCOPING,
    doing="excuse an agency",
    stages=RETURNED_AT,
    entry=EntryType.RETURN_EXCUSED,
    while_open=Todo.SUBMIT_RETURN,
    section=Section.SCOPING_RETURNS,
)


def _answer(work: UnitOfWork, request: AgencyRequest, answered: Answered) -> None:
    """Settle the request, once: a return that was received is added to, not changed.

    An agency that was excused and returns its form after all is heard.
    """
    if request.answered is Answered.RECEIVED:
        raise RuleBroken("Your agency's return was received already. Send additions as a file.")
    request.answered = answered
    request.answered_on = work.today
    work.session.add(request)
