"""One disposal: its line in the ledger, what the store keeps locked, and its certificate."""

from typing import Annotated, Final

from fastapi import APIRouter, Request, Response

from services.casework.retention.certificates import certificate_to_read, disposal_to_read
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.storage.downloads import fetch
from services.web.app_state import site_of
from services.web.dependencies import Transactions, requires, requires_for_each
from services.web.path_ids import TheEntryId
from services.web.rendering import page
from services.web.view_models.retention import disposal_view

router = APIRouter(prefix="/retention/disposals/{entry_id}")
SENT_AS: Final = {"content-disposition": 'attachment; filename="certificate-of-disposal.pdf"'}

Reader = Annotated[UnitOfWork, requires(Permission.READ_RETENTION)]
Downloader = Annotated[Transactions, requires_for_each(Permission.READ_RETENTION)]


@router.get("")
def disposal(entry_id: TheEntryId, request: Request, work: Reader) -> Response:
    """Show what one line of the ledger says, and what the store still keeps locked."""
    found = disposal_to_read(work, entry_id)
    return page(request, "pages/disposal.html", view=disposal_view(work, found))


@router.get("/certificate")
def download_certificate(
    entry_id: TheEntryId, request: Request, transaction: Downloader
) -> Response:
    """Send the certificate as it is kept in the store, once its digest is proven."""
    with transaction() as work:
        kept = certificate_to_read(work, entry_id)
    store = site_of(request).neighbours.store
    with fetch(store, kept.name, kept.sha256, kept.version_id) as file:
        return Response(file.read(), headers=SENT_AS, media_type="application/pdf")
