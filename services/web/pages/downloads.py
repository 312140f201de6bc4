"""One document of a case, read from the store, proven, and sent."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import case_to_read, open_case
from services.casework.access.copies import SavedCopy, copy_of
from services.casework.access.documents import paper
from services.casework.alerts import raise_alert
from services.database.documents import Document
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.storage import KeyMissing, StoredContentChanged
from services.web.dependencies import Transactions, requires_for_each
from services.web.path_ids import TheCaseId, TheDocumentId
from services.web.sending import ALERTS, send

router = APIRouter(prefix="/cases/{case_id}/documents")

Reader = Annotated[
    Transactions,
    requires_for_each(
        Permission.KEEP_DOCUMENTS,
        Permission.READ_OWN_PART,
        Permission.ATTEND_MEETING,
        Permission.TAKE_PART_IN_EVENT,
    ),
]


@router.get("/{document_id}")
def download(
    case_id: TheCaseId, document_id: TheDocumentId, request: Request, transaction: Reader
) -> Response:
    """Send one document of a case of ours, and record that it was opened."""
    return send_of_case(request, transaction, case_id, document_id)


def send_of_case(
    request: Request, transaction: Transactions, case_id: TheCaseId, document_id: TheDocumentId
) -> Response:
    """Send one document to whoever the transactions are of; bytes that changed raise an alert."""

    def find(work: UnitOfWork) -> Document:
        case_to_read(work, case_id)
        return paper(work, case_id, document_id)

    def opened(work: UnitOfWork) -> SavedCopy:
        case = open_case(work, case_id, Viewed.DOCUMENT, document_id)
        return copy_of(work, paper(work, case_id, document_id), case.reference)

    try:
        return send(request, transaction, find, opened)
    except (StoredContentChanged, KeyMissing) as trouble:
        with transaction() as work:
            raise_alert(work, ALERTS[type(trouble)], case_id)
        raise
