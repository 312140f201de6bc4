"""An agency adds to its return or corrects it: one act, and what it said before stays in sight.

What comes in after the papers of the meeting were shared is made into the papers anew, and
whoever reads them is told that there is something newer (RR-40, RR-45).
"""

from uuid import UUID

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import part_of
from services.casework.effects import EmailContext, enqueue_email, order_document
from services.casework.steps.pack_orders import renew_pack
from services.casework.steps.scoping.return_questions import (
    SubmitReturn,
    must_say_enough,
    settled,
)
from services.casework.steps.scoping.returns_on_record import (
    CorrectReturn,
    is_held_back,
    return_on_record,
)
from services.casework.steps.scoping.scoping_returns import keep_of_records
from services.database.agency_requests import get_request, requests
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import RETURNED_AT, Answered, Asked
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.labels.own_words import in_own_words
from services.domain.roles import Permission
from services.domain.workflow import Step


def correct_return(work: UnitOfWork, case_id: CaseId, command: CorrectReturn) -> Case:
    """Put a newer return of the actor's own agency in the place of the one on record."""
    case = begin(work, case_id, CORRECT_RETURN, command)
    agency_id = _own_agency(work)
    before = _own_return(work, case)
    must_say_enough(work, command)
    said = part_of(settled(command), SubmitReturn)
    if said == before:
        raise AnswerRefused("reason", "Nothing differs from the return that is on record.")
    kept = CorrectReturn(**dict(said), reason=command.reason)
    request = get_request(work.session, case.id, Asked.SCOPING_RETURN, agency_id)
    if request.answered is Answered.UNCONFIRMED:
        raise RuleBroken("What was entered for your agency waits for you: confirm or correct it.")
    if request.answered is not Answered.RECEIVED:
        raise RuleBroken("Your agency is asked anew: return its form, which is the newest then.")
    keep_of_records(work, request, said)
    entered = Entered(subject=str(agency_id), kept=kept)
    entry = record_entry_as(work, case, CORRECT_RETURN, command, entered)
    order_document(work, entry, Step.SCOPE, DocumentKind.SCOPING_RETURN, agency_id)
    told = EmailContext(part=f"{agency_id}:{request.version}")
    enqueue_email(work, case, EmailTrigger.RETURN_CORRECTED, told)
    renew_pack(work, case, entry, told)
    return case


def _has_returned(work: UnitOfWork, case: Case) -> bool:
    asked = requests(work.session, case.id, Asked.SCOPING_RETURN)
    own = [one.answered for one in asked if one.agency_id == work.actor.agency_id]
    return own == [Answered.RECEIVED] and return_on_record(work, case) is not None


CORRECT_RETURN = Act(
    name="correct_return",
    command=CorrectReturn,
    perform=correct_return,
    permission=Permission.ANSWER_AGENCY_REQUEST,
    doing="add to or correct a scoping return",
    stages=RETURNED_AT,
    entry=EntryType.RETURN_CORRECTED,
    is_offered=_has_returned,
    section=Section.SCOPING_RETURNS,
    holds_family_data=True,
)


def _own_agency(work: UnitOfWork) -> UUID:
    if work.actor.agency_id is None:
        raise NotPermitted("Only a person who acts for an agency may correct its return.")
    return work.actor.agency_id


def _own_return(work: UnitOfWork, case: Case) -> SubmitReturn:
    """Return what is corrected; what the police hold back would be said again where it shows.

    The refusal tells nobody that there is a mark.
    """
    before = return_on_record(work, case)
    is_marked = is_held_back(work, case, str(work.actor.agency_id))
    if before is None or is_marked:
        raise RuleBroken(
            in_own_words(
                "There is no return of your agency here that can be corrected. Return the form "
                "first, or tell the business unit what is new."
            )
        )
    return before
