"""One document of a case, read from the store, proven, and sent."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import Annotated, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from services.casework.access.cases import case_to_read, open_case
from services.casework.access.documents import object_name, paper, saved_as
from services.casework.alerts import raise_alert
from services.database.documents import Document
from services.database.unit_of_work import UnitOfWork
from services.domain.alerts import AlertCode
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
    Transactions,
    requires_for_each(
        Permission.KEEP_DOCUMENTS,
        Permission.READ_OWN_PART,
        Permission.ATTEND_MEETING,
        Permission.TAKE_PART_IN_EVENT,
    ),
]
PIECE = 64 * 1024
ALERTS: Final[Mapping[type[Exception], AlertCode]] = {
    StoredContentChanged: AlertCode.DIGEST_MISMATCH,
    KeyMissing: AlertCode.KEY_MISSING,
}
Found = Callable[[UnitOfWork], Document]
Opened = Callable[[UnitOfWork], tuple[Document, str]]
"""Returns the document with the name under which it is saved, once its opening is recorded."""


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

    def opened(work: UnitOfWork) -> tuple[Document, str]:
        case = open_case(work, case_id, Viewed.DOCUMENT, document_id)
        document = paper(work, case_id, document_id)
        return document, saved_as(work, document, case.reference)

    try:
        return send(request, transaction, find, opened)
    except (StoredContentChanged, KeyMissing) as trouble:
        with transaction() as work:
            raise_alert(work, ALERTS[type(trouble)], case_id)
        raise


def send(request: Request, transaction: Transactions, find: Found, opened: Opened) -> Response:
    """Send one document once its bytes are proven; each question refuses who may not open it.

    No transaction is open while the bytes move. Access is asked before they are read (`find`) and
    again before they are sent (`opened`), and the view is committed with the second answer: a
    download that failed leaves none.
    """
    with transaction() as work:
        document = find(work)
        stored = (object_name(document), document.sha256, document.version_id)
    file = fetch(site_of(request).neighbours.store, *stored)
    with ExitStack() as unless_sent:
        unless_sent.enter_context(file)
        answer = _answer(transaction, opened, file)
        unless_sent.pop_all()
    return answer


def _answer(
    transaction: Transactions, opened: Opened, file: SpooledTemporaryFile[bytes]
) -> Response:
    with transaction() as work:
        document, name = opened(work)
        media_type, size = document.media_type, document.size
    return sent_whole(file, size, name, media_type)


def sent_whole(
    file: SpooledTemporaryFile[bytes], size: int, name: str, media_type: str
) -> Response:
    """Send a temporary file of that size under a name; it is closed once it is sent."""
    headers = {"content-disposition": disposition(name), "content-length": str(size)}
    return StreamingResponse(_pieces(file), headers=headers, media_type=media_type)


def _pieces(file: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
