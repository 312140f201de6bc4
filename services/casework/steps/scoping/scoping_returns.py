"""The scoping forms as they come back: returned by each agency, or excused with a reason."""

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry, record_entry_as
from services.casework.commands import AgencyChoice, Command, LongText
from services.casework.effects import cancel_clock, close_todos, mark_met
from services.casework.steps.scoping.ladder import end_ladder
from services.casework.steps.scoping.owed_answers import unanswered_request
from services.casework.steps.scoping.return_papers import receive
from services.casework.steps.scoping.return_questions import (
    SubmitReturn,
    must_say_enough,
    settled,
)
from services.database.agency_requests import AgencyRequest, get_request
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import RETURNED_AT, Answered, Asked
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import NotPermitted, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo


class ExcuseReturn(Command):
    """Why an expected agency is left out; the rapid review must explain it (RR-13, G3)."""

    agency: AgencyChoice = Field(title="Which agency will not return a form?")
    reasons: LongText = Field(title="Why not?")


def submit_return(work: UnitOfWork, case_id: CaseId, command: SubmitReturn) -> Case:
    """Keep the actor's own agency's return and its attestation that records are secured.

    Who was not involved and holds no record says so in two answers, and names nobody (RR-41). It
    takes the place of what was entered for the agency, and confirms none of it.
    """
    case = begin(work, case_id, SUBMIT_RETURN, command)
    if work.actor.agency_id is None:
        raise NotPermitted("Only a person who acts for an agency may return its form.")
    must_say_enough(work, command)
    agency_id = work.actor.agency_id
    request = get_request(work.session, case.id, Asked.SCOPING_RETURN, agency_id)
    _answer(work, request, Answered.RECEIVED)
    end_ladder(work, case, request)
    keep_of_records(work, request, command)
    said = Entered(subject=str(agency_id), kept=settled(command))
    entry = record_entry_as(work, case, SUBMIT_RETURN, command, said)
    mark_met(work, case, ClockId.K6, subject=str(agency_id))
    close_todos(work, case, Todo.SUBMIT_RETURN, Todo.CONFIRM_RETURN, subject=str(agency_id))
    receive(work, case, entry, request)
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
    by_system=True,
)


def excuse_return(work: UnitOfWork, case_id: CaseId, command: ExcuseReturn) -> Case:
    """Record why an expected agency's return is not coming (RR-13)."""
    case = begin(work, case_id, EXCUSE_RETURN, command)
    request = unanswered_request(work, case, command.agency)
    _answer(work, request, Answered.EXCUSED)
    end_ladder(work, case, request)
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


def keep_of_records(work: UnitOfWork, request: AgencyRequest, said: SubmitReturn) -> None:
    """Keep with the request what its newest answer says of the agency's records (RR-41)."""
    request.version += 1
    request.records_secured = bool(said.holds_records and said.records_secured)
    request.holds_no_records = not said.holds_records
    request.representative = said.representative or ""
    work.session.add(request)


def _answer(work: UnitOfWork, request: AgencyRequest, answered: Answered) -> None:
    """Settle the request, once: a return that was received is corrected by an act of its own.

    An agency that was excused and returns its form after all is heard. Where an answer was entered
    for it, the day on which that came stays the day of its answer (K6).
    """
    if request.answered is Answered.RECEIVED:
        raise RuleBroken("Your agency's return was received already. Add to it, or correct it.")
    if request.answered is not Answered.UNCONFIRMED:
        request.answered_on = work.today
    request.answered, request.reasons = answered, ""
    work.session.add(request)
