"""One disposal: its line in the ledger, what the store keeps locked, and its certificate."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.database.disposals import get_disposal, paper_of
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotFound
from services.domain.retention import DisposalPaperKind
from services.domain.roles import Permission
from services.storage import ObjectName
from services.storage.downloads import fetch
from services.web.app_state import site_of
from services.web.dependencies import Transactions, requires, requires_for_each
from services.web.path_ids import TheEntryId
from services.web.rendering import page
from services.web.view_models.retention import disposal_view

router = APIRouter(prefix="/retention/disposals/{entry_id}")

Reader = Annotated[UnitOfWork, requires(Permission.READ_RETENTION)]
Downloader = Annotated[Transactions, requires_for_each(Permission.READ_RETENTION)]


@router.get("")
def disposal(entry_id: TheEntryId, request: Request, work: Reader) -> Response:
    """Show what one line of the ledger says, and what the store still keeps locked."""
    found = get_disposal(work.session, entry_id)
    return page(request, "pages/disposal.html", view=disposal_view(work, found))


@router.get("/certificate")
def download_certificate(
    entry_id: TheEntryId, request: Request, transaction: Downloader
) -> Response:
    """Send the certificate as it is kept in the store, once its digest is proven."""
    with transaction() as work:
        disposal = get_disposal(work.session, entry_id)
        paper = paper_of(work.session, disposal.id, DisposalPaperKind.CERTIFICATE)
        if paper is None:
            raise NotFound("The certificate is not made yet.")
        name, kept = (
            ObjectName(work.actor.partnership_id, paper.key),
            (
                paper.sha256,
                paper.version_id,
            ),
        )
    with fetch(site_of(request).neighbours.store, name, *kept) as file:
        content = file.read()
    sent_as = {"content-disposition": 'attachment; filename="certificate-of-disposal.pdf"'}
    return Response(content, headers=sent_as, media_type="application/pdf")
