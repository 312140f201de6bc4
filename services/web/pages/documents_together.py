"""Several documents of a case in one file, with what is said of each."""

from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import case_to_read
from services.casework.access.document_bundle import bundle_of, record_openings
from services.casework.alerts import raise_alert
from services.domain.roles import Permission
from services.storage.downloads import IN_MEMORY
from services.web.app_state import site_of
from services.web.bundle_file import written
from services.web.dependencies import Transactions, requires_for_each
from services.web.path_ids import TheCaseId
from services.web.sending import sent_whole
from services.web.view_models.document_list import narrowing_of

router = APIRouter(prefix="/cases/{case_id}")

Reader = Annotated[
    Transactions,
    requires_for_each(
        Permission.KEEP_DOCUMENTS, Permission.READ_OWN_PART, Permission.ATTEND_MEETING
    ),
]


@router.get("/documents-together")
def together(case_id: TheCaseId, request: Request, transaction: Reader) -> Response:
    """Send the documents that are asked for in one ZIP file, and record that each was opened.

    Each is proven like a single download; one that is not what was stored is left out, with an
    alert, and the manifest says so. No transaction is open while the bytes are read. What may be
    opened is asked before they are read and again before they are sent.
    """
    with transaction() as work:
        case = case_to_read(work, case_id)
        bundle = bundle_of(work, case, narrowing_of(request.query_params))
    with ExitStack() as unless_sent:
        file = unless_sent.enter_context(SpooledTemporaryFile[bytes](max_size=IN_MEMORY))
        bundle, alerts = written(site_of(request).neighbours.store, bundle, file)
        size = file.tell()
        file.seek(0)
        with transaction() as work:
            record_openings(work, case_to_read(work, case_id), bundle)
            for code in sorted(alerts):
                raise_alert(work, code, case_id)
        unless_sent.pop_all()
    return sent_whole(file, size, f"{bundle.reference}-documents.zip", "application/zip")
