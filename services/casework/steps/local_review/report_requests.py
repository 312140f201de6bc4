"""An agency's report on its way: it is asked for, and what an email says of it."""

from datetime import date
from uuid import UUID

from services.casework.effects import EmailContext, enqueue_email, open_todo, order_document
from services.casework.steps.local_review.reports_wanted import ReportsRequested
from services.database.agency_requests import ask_agency
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import BY_CHRONOLOGY, Asked
from services.domain.documents import DocumentKind
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.todos import Todo
from services.domain.workflow import Step


def ask_for_report(
    work: UnitOfWork, case: Case, entry: Entry, agency_id: UUID, said: ReportsRequested
) -> None:
    """Ask the agency for what is wanted by the day; its answer is open, or open again."""
    ask_agency(work, case, Asked.REPORT, agency_id, said.due)
    open_todo(work, case, Todo.SUBMIT_REPORT, last_day=said.due, subject=str(agency_id))
    send_request(work, case, entry, agency_id, said)


def send_request(
    work: UnitOfWork, case: Case, entry: Entry, agency_id: UUID, said: ReportsRequested
) -> None:
    """Send the request as a formal letter, and tell of it by an email (INF-01).

    Where a chronology is among it, the guidance on chronologies goes with the letter (Doc 12).
    """
    order_document(work, entry, Step.COMMISSION, DocumentKind.REPORT_REQUEST, agency_id)
    if set(said.wanted).intersection(BY_CHRONOLOGY):
        guidance = DocumentKind.CHRONOLOGY_GUIDANCE
        order_document(work, entry, Step.COMMISSION, guidance, agency_id)
    about = about_report(agency_id, said.due, str(entry.number))
    enqueue_email(work, case, EmailTrigger.REPORT_REQUESTED, about)


def about_report(agency_id: UUID, due: date | None, version: str) -> EmailContext:
    """Return what an email says of one version of an agency's report."""
    return EmailContext(
        matter=EmailMatter.AGENCY_REPORT,
        due=due,
        todo=Todo.SUBMIT_REPORT,
        agency_id=agency_id,
        part=f"{agency_id}:{version}",
    )
