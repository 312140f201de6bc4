"""The paper of a referral, and those that say what it said: made again once it is corrected."""

from typing import Final
from uuid import UUID

from services.casework.effects import (
    EmailContext,
    enqueue_email,
    order_document,
)
from services.casework.steps.pack_orders import order_pack
from services.casework.steps.scoping.scoping_requests import asked_this_time
from services.database.agency_requests import get_request
from services.database.cases import Case
from services.database.due_work import count_orders
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import RETURNED_AT, Asked
from services.domain.documents import DocumentKind
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.identifiers import CaseId
from services.domain.todos import Todo
from services.domain.workflow import Step

SAYS_REFERRAL: Final = (
    (DocumentKind.REFERRAL, Step.NOTIFY),
    (DocumentKind.NOTIFICATION_RECORD, Step.NOTIFY),
    (DocumentKind.DEATH_IN_CARE_RECORD, Step.NOTIFY),
)
PACK: Final = DocumentKind.MEETING_PACK.value
LETTERS: Final = (DocumentKind.SCOPING_LETTER, DocumentKind.SCOPING_FORM)


def make_paper(work: UnitOfWork, entry: Entry) -> None:
    """Order the paper of a referral (Doc 1): the agency's own, where its own people sent it."""
    order_document(work, entry, Step.NOTIFY, DocumentKind.REFERRAL, work.actor.agency_id)


def remake_papers(work: UnitOfWork, case: Case, entry: Entry) -> None:
    """Order the next version of each paper that is there; the earlier versions stay.

    Each agency that was asked gets its letter again: it may have looked for another child.
    """
    for kind, step in SAYS_REFERRAL:
        if count_orders(work, CaseId(case.id), {"type": "document", "kind": kind.value}):
            order_document(work, entry, step, kind)
    if count_orders(work, CaseId(case.id), {"type": "document", "kind": PACK}):
        order_pack(work, case, entry)
    if case.stage in RETURNED_AT:
        for agency_id in sorted(asked_this_time(work, case)):
            _write_again(work, case, entry, agency_id)


def _write_again(work: UnitOfWork, case: Case, entry: Entry, agency_id: UUID) -> None:
    request = get_request(work.session, case.id, Asked.SCOPING_RETURN, agency_id)
    for kind in LETTERS:
        order_document(work, entry, Step.SCOPE, kind, agency_id)
    enqueue_email(
        work,
        case,
        EmailTrigger.SCOPING_REQUESTED,
        EmailContext(
            matter=EmailMatter.RETURN_SCOPING,
            due=request.due,
            todo=Todo.SUBMIT_RETURN,
            agency_id=agency_id,
            part=f"{agency_id}:corrected:{entry.number}",
        ),
    )
