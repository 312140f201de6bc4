"""Several documents of a case in one file, with what is said of each."""

import shutil
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import Annotated, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import case_to_read
from services.casework.access.document_bundle import (
    Bundle,
    BundledDocument,
    bundle_of,
    record_openings,
)
from services.casework.alerts import raise_alert
from services.domain.alerts import AlertCode
from services.domain.roles import Permission
from services.storage import KeyMissing, Store, StoredContentChanged
from services.storage.downloads import IN_MEMORY, fetch
from services.web.app_state import site_of
from services.web.dependencies import Transactions, requires_for_each
from services.web.pages.downloads import ALERTS, sent_whole
from services.web.path_ids import TheCaseId
from services.web.view_models.document_list import narrowing_of

router = APIRouter(prefix="/cases/{case_id}")

Reader = Annotated[
    Transactions,
    requires_for_each(
        Permission.KEEP_DOCUMENTS, Permission.READ_OWN_PART, Permission.ATTEND_MEETING
    ),
]
_WHY: Final = {
    AlertCode.DIGEST_MISMATCH: "It is not the file that was stored. An alert is raised.",
    AlertCode.KEY_MISSING: "The key with which it is encrypted is missing. An alert is raised.",
}
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)


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
        bundle, alerts = _written(site_of(request).neighbours.store, bundle, file)
        size = file.tell()
        file.seek(0)
        with transaction() as work:
            record_openings(work, case_to_read(work, case_id), bundle)
            for code in sorted(alerts):
                raise_alert(work, code, case_id)
        unless_sent.pop_all()
    return sent_whole(file, size, f"{bundle.reference}-documents.zip", "application/zip")


def _written(
    store: Store, bundle: Bundle, file: SpooledTemporaryFile[bytes]
) -> tuple[Bundle, set[AlertCode]]:
    """Write the documents and their manifest; return what was left out of it, and the alerts."""
    alerts: dict[BundledDocument, AlertCode] = {}
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for one in bundle.sent:
            try:
                _add(store, archive, one)
            except (StoredContentChanged, KeyMissing) as trouble:
                alerts[one] = ALERTS[type(trouble)]
        told = bundle.without({one.id: _WHY[code] for one, code in alerts.items()})
        for name, content in told.manifest.items():
            archive.writestr(name, content)
    return told, set(alerts.values())


def _add(store: Store, archive: ZipFile, one: BundledDocument) -> None:
    """Add one document, once it is read whole and proven."""
    with fetch(store, *one.stored) as content:
        at = max(one.made_at.timetuple()[:6], _EARLIEST)
        with archive.open(ZipInfo(one.name, at), "w") as member:
            shutil.copyfileobj(content, member)
