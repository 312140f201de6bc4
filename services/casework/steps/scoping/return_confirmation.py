"""An agency confirms or corrects the return that came by email or telephone, and says the rest.

It is the agency's own act: nobody else says that its records are secured, through whom they are
opened, or that nobody has a conflict of interest (RR-40, RR-41).
"""

from uuid import UUID

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.effects import close_todos
from services.casework.steps.scoping.return_papers import receive
from services.casework.steps.scoping.return_questions import (
    must_say_enough,
    settled,
    words_of,
)
from services.casework.steps.scoping.returns_on_record import (
    ConfirmReturn,
    is_held_back,
    return_on_record,
)
from services.casework.steps.scoping.scoping_returns import keep_of_records
from services.database.agency_requests import get_request, requests
from services.database.cases import Case
from services.database.guests import guest_of
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import RETURNED_AT, Answered, Asked
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo


def confirm_return(work: UnitOfWork, case_id: CaseId, command: ConfirmReturn) -> Case:
    """Keep the actor's own agency's return as it confirms it, with all that was open.

    The clock of its answer stays met on the day on which the answer came.
    """
    case = begin(work, case_id, CONFIRM_RETURN, command)
    agency_id = _own_agency(work)
    request = get_request(work.session, case.id, Asked.SCOPING_RETURN, agency_id)
    before = what_to_confirm(work, case)
    if before is None:
        raise RuleBroken(
            "There is nothing of your agency here that can be confirmed. Return its form instead."
        )
    must_say_enough(work, command)
    if words_of(command) != words_of(before) and command.reason is None:
        raise AnswerRefused("reason", "You changed what was entered: say what, and why.")
    request.answered = Answered.RECEIVED
    keep_of_records(work, request, command)
    said = Entered(subject=str(agency_id), kept=settled(command))
    entry = record_entry_as(work, case, CONFIRM_RETURN, command, said)
    close_todos(work, case, Todo.CONFIRM_RETURN, subject=str(agency_id))
    receive(work, case, entry, request)
    return case


def what_to_confirm(work: UnitOfWork, case: Case) -> ConfirmReturn | None:
    """Return what was entered for the actor's own agency and waits for it, with who answers.

    Where the police hold anything of it back there is nothing to confirm: the agency says it anew.
    """
    asked = requests(work.session, case.id, Asked.SCOPING_RETURN)
    own = [one.answered for one in asked if one.agency_id == work.actor.agency_id]
    if own != [Answered.UNCONFIRMED] or is_held_back(work, case, str(work.actor.agency_id)):
        return None
    entered = return_on_record(work, case)
    if entered is None:
        return None
    guest = guest_of(work.session, work.actor.person_id)
    known = entered.model_dump() | {"author": guest.post if guest is not None else None}
    return ConfirmReturn.model_validate(known)


CONFIRM_RETURN = Act(
    name="confirm_return",
    command=ConfirmReturn,
    perform=confirm_return,
    permission=Permission.ANSWER_AGENCY_REQUEST,
    doing="confirm a return that came by email or telephone",
    stages=RETURNED_AT,
    entry=EntryType.RETURN_CONFIRMED,
    todo=Todo.CONFIRM_RETURN,
    is_listed=False,
    section=Section.SCOPING_RETURNS,
    holds_family_data=True,
)


def _own_agency(work: UnitOfWork) -> UUID:
    if work.actor.agency_id is None:
        raise NotPermitted("Only a person who acts for an agency may confirm its return.")
    return work.actor.agency_id
