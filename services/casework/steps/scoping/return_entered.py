"""A return that came by email or telephone: the business unit enters the words, and only those.

The agency has answered by the day on which it did (K6). What it alone can say of itself stays open:
somebody of the agency is asked to confirm the words and to say the rest (RR-40, RR-41).
"""

from typing import Any

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.effects import close_todos, open_todo
from services.casework.steps.scoping.answers_entered import (
    count_as_received,
    must_have_come,
    request_to_enter,
    to_be_entered,
)
from services.casework.steps.scoping.forms_opened import everybody_named
from services.casework.steps.scoping.ladder import end_ladder
from services.casework.steps.scoping.return_papers import put_on_paper
from services.casework.steps.scoping.return_questions import must_describe, settled
from services.casework.steps.scoping.returns_on_record import (
    EnterReturn,
    is_held_back,
    newest_of,
    said_in,
)
from services.casework.steps.scoping.turns_told import ask_to_confirm
from services.database.agency_requests import AgencyRequest, requests
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import RETURNED_AT, Answered, Asked
from services.domain.entry_types import EntryType, Section
from services.domain.errors import RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo


def enter_return(work: UnitOfWork, case_id: CaseId, command: EnterReturn) -> Case:
    """Keep an agency's words that came by email or telephone, and ask it to confirm them.

    The agency is asked for its return no longer; for its confirmation no rule gives a day.
    """
    case = begin(work, case_id, ENTER_RETURN, command)
    request = request_to_enter(work, case, command.agency)
    must_have_come(work, case, command.agency, command.received_at)
    must_describe(command)
    kept, agency = settled(command), str(command.agency)
    _must_be_new(work, case, request, kept)
    count_as_received(work, case, request, command.received_at)
    end_ladder(work, case, request)
    entry = record_entry_as(work, case, ENTER_RETURN, command, Entered(subject=agency, kept=kept))
    close_todos(work, case, Todo.SUBMIT_RETURN, subject=agency)
    open_todo(work, case, Todo.CONFIRM_RETURN, subject=agency)
    put_on_paper(work, case, entry, request)
    ask_to_confirm(work, case, request, f"{agency}:{entry.number}")
    return case


def may_be_entered(work: UnitOfWork, case: Case) -> bool:
    """Tell whether an answer of any agency of the case may be entered."""
    return bool(to_be_entered(work, case))


ENTER_RETURN = Act(
    name="enter_return",
    command=EnterReturn,
    which="agency",
    perform=enter_return,
    permission=Permission.RUN_SCOPING,
    doing="enter a return that came by email or telephone",
    stages=RETURNED_AT,
    entry=EntryType.RETURN_ENTERED,
    is_offered=may_be_entered,
    section=Section.SCOPING_RETURNS,
    holds_family_data=True,
)


def agency_named(work: UnitOfWork, case: Case, of: str) -> str:
    """Return the id that names an agency on the form, if an answer may be entered for it."""
    return next((of for one in to_be_entered(work, case) if str(one.agency_id) == of), "")


def agency_asked(work: UnitOfWork, case: Case, of: str) -> str:
    """Return the id that names an agency which was ever asked: a draft is kept under it."""
    asked = requests(work.session, case.id, Asked.SCOPING_RETURN)
    return next((of for one in asked if str(one.agency_id) == of), "")


def entered_before(work: UnitOfWork, case: Case, of: str) -> EnterReturn:
    """Return the form for one agency with what was entered for it; else with who is named."""
    request = next((one for one in to_be_entered(work, case) if str(one.agency_id) == of), None)
    if request is None:
        return EnterReturn.model_construct(**_opened(work, case))
    before = _entered_for(work, case, request)
    if before is not None:
        return before
    return EnterReturn.model_construct(agency=request.agency_id, **_opened(work, case))


def _opened(work: UnitOfWork, case: Case) -> dict[str, Any]:
    return {"family": everybody_named(work, case)}


def _entered_for(work: UnitOfWork, case: Case, request: AgencyRequest) -> EnterReturn | None:
    """Return what stands entered and is not confirmed, where nothing of it is held back."""
    agency = str(request.agency_id)
    if request.answered is not Answered.UNCONFIRMED or is_held_back(work, case, agency):
        return None
    newest = newest_of(work, case, agency)
    said = None if newest is None else said_in(newest)
    return said if isinstance(said, EnterReturn) else None


def _must_be_new(work: UnitOfWork, case: Case, request: AgencyRequest, now: EnterReturn) -> None:
    """Refuse the same again; what the police hold back would be said again where it shows.

    The refusal tells nobody that there is a mark.
    """
    if request.answered is not Answered.UNCONFIRMED:
        return
    before = _entered_for(work, case, request)
    if before is None:
        raise RuleBroken("What was entered is not changed here: let the agency confirm it.")
    if before == now:
        raise RuleBroken("Nothing differs from what is entered already.")
