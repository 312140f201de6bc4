"""One agency asked for its scoping return: the letter, the form, its clock and its email."""

from uuid import UUID

from services.casework.effects import (
    EmailContext,
    enqueue_email,
    open_todo,
    order_document,
    start_clock,
)
from services.database.agency_requests import ask_agency
from services.database.cases import Case
from services.database.history import Entry, facts, last_fact
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.todos import Todo
from services.domain.workflow import Step


def asked_this_time(work: UnitOfWork, case: Case) -> set[UUID]:
    """Return the agencies asked since the case was last reopened: new facts, new forms."""
    reopened = last_fact(work.session, case.id, EntryType.REOPENED)
    since = reopened.number if reopened else 0
    return {
        agency
        for entry in facts(work.session, case.id, EntryType.RETURNS_REQUESTED)
        if entry.number > since
        for agency in entry.agencies
    }


def ask_for_return(work: UnitOfWork, case: Case, entry: Entry, agency_id: UUID) -> None:
    """Ask the agency: five working days, a letter and a form, and an email (K6)."""
    clock = start_clock(work, case, ClockId.K6, subject=str(agency_id), receipt=work.today)
    ask_agency(work, case, Asked.SCOPING_RETURN, agency_id, clock.due)
    # A case that was reopened asks an agency again: another letter, of its own name.
    part = str(agency_id) if case.awareness == 1 else f"{agency_id}:{case.awareness}"
    open_todo(work, case, Todo.SUBMIT_RETURN, last_day=clock.due, subject=str(agency_id))
    for kind in (DocumentKind.SCOPING_LETTER, DocumentKind.SCOPING_FORM):
        order_document(work, entry, Step.SCOPE, kind, agency_id)
    enqueue_email(
        work,
        case,
        EmailTrigger.SCOPING_REQUESTED,
        EmailContext(
            matter=EmailMatter.RETURN_SCOPING,
            due=clock.due,
            todo=Todo.SUBMIT_RETURN,
            agency_id=agency_id,
            part=part,
        ),
    )
