"""How a stored file is sent: proven first, then its opening recorded, then its bytes."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import Final

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from services.casework.access.copies import SavedCopy
from services.casework.access.documents import object_name
from services.database.documents import Document
from services.database.unit_of_work import UnitOfWork
from services.domain.alerts import AlertCode
from services.storage import KeyMissing, StoredContentChanged
from services.storage.downloads import fetch
from services.storage.file_names import disposition
from services.storage.watermarks import with_watermark
from services.web.app_state import site_of
from services.web.dependencies import Transactions

PIECE = 64 * 1024
ALERTS: Final[Mapping[type[Exception], AlertCode]] = {
    StoredContentChanged: AlertCode.DIGEST_MISMATCH,
    KeyMissing: AlertCode.KEY_MISSING,
}
Found = Callable[[UnitOfWork], Document]
Opened = Callable[[UnitOfWork], SavedCopy]
"""Returns how the document is sent, once its opening is recorded."""


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
        copy = opened(work)
    if not copy.line:
        return sent_whole(file, copy.size, copy.name, copy.media_type)
    with file:
        marked = with_watermark(file.read(), copy.line)
    headers = {"content-disposition": disposition(copy.name)}
    return Response(marked, headers=headers, media_type=copy.media_type)


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
