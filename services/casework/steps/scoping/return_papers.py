"""What follows from a return, however it came: its paper, the papers of the meeting, and word."""

from services.casework.effects import EmailContext, enqueue_email, order_document
from services.casework.steps.pack_orders import renew_pack
from services.database.agency_requests import AgencyRequest
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import Step


def put_on_paper(work: UnitOfWork, case: Case, entry: Entry, request: AgencyRequest) -> None:
    """Order the return as a paper, and the papers of the meeting anew where they are being read."""
    order_document(work, entry, Step.SCOPE, DocumentKind.SCOPING_RETURN, request.agency_id)
    renew_pack(work, case, entry, _about(request))


def receive(work: UnitOfWork, case: Case, entry: Entry, request: AgencyRequest) -> None:
    """Do so with what an agency sent or confirmed itself, and tell the business manager (RR-40)."""
    enqueue_email(work, case, EmailTrigger.RETURN_RECEIVED, _about(request))
    put_on_paper(work, case, entry, request)


def _about(request: AgencyRequest) -> EmailContext:
    return EmailContext(part=f"{request.agency_id}:{request.version}")
