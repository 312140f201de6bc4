"""One document of a case, read from the store, proven, and sent."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import Annotated, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from services.casework.access.cases import case_to_read, open_case
from services.casework.access.documents import object_name, paper
from services.casework.alerts import raise_alert
from services.domain.alerts import AlertCode
from services.domain.identifiers import CaseId, DocumentId
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.storage import KeyMissing, StoredContentChanged
from services.storage.downloads import fetch
from services.storage.file_names import disposition
from services.web.app_state import site_of
from services.web.dependencies import Transactions, requires_for_each
from services.web.path_ids import TheCaseId, TheDocumentId

router = APIRouter(prefix="/cases/{case_id}/documents")

Reader = Annotated[
    Transactions, requires_for_each(Permission.KEEP_DOCUMENTS, Permission.READ_OWN_PART)
]
PIECE = 64 * 1024
ALERTS: Final[Mapping[type[Exception], AlertCode]] = {
    StoredContentChanged: AlertCode.DIGEST_MISMATCH,
    KeyMissing: AlertCode.KEY_MISSING,
}


@router.get("/{document_id}")
def download(
    case_id: TheCaseId, document_id: TheDocumentId, request: Request, transaction: Reader
) -> Response:
    """Send one document once its bytes are proven, and record that it was opened.

    No transaction is open while the bytes move. Access is asked before they are read and again
    before they are sent, and the view is committed with the second answer: a download that
    failed leaves none.
    """
    with transaction() as work:
        case_to_read(work, case_id)
        document = paper(work, case_id, document_id)
        stored = (object_name(document), document.sha256, document.version_id)
    try:
        file = fetch(site_of(request).neighbours.store, *stored)
    except (StoredContentChanged, KeyMissing) as trouble:
        with transaction() as work:
            raise_alert(work, ALERTS[type(trouble)], case_id)
        raise
    with ExitStack() as unless_sent:
        unless_sent.enter_context(file)
        answer = _answer(transaction, case_id, document_id, file)
        unless_sent.pop_all()
    return answer


def _answer(
    transaction: Transactions,
    case_id: CaseId,
    document_id: DocumentId,
    file: SpooledTemporaryFile[bytes],
) -> Response:
    with transaction() as work:
        open_case(work, case_id, Viewed.DOCUMENT, document_id)
        document = paper(work, case_id, document_id)
        media_type = document.media_type
        headers = {
            "content-disposition": disposition(document.filename),
            "content-length": str(document.size),
        }
    return StreamingResponse(_pieces(file), headers=headers, media_type=media_type)


def _pieces(file: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
