"""The documents of one dispatch in one file, for a person who sends them by hand."""

from dataclasses import dataclass
from io import BytesIO
from typing import Annotated
from zipfile import ZIP_STORED, ZipFile

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import case_to_read, open_case
from services.casework.access.documents import object_name, paper
from services.database.dispatches import dispatches
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotFound
from services.domain.identifiers import CaseId, DispatchId, DocumentId
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.storage import ObjectName, Store
from services.storage.downloads import fetch
from services.storage.file_names import disposition
from services.web.app_state import site_of
from services.web.dependencies import Transactions, requires_for_each
from services.web.path_ids import TheCaseId, TheDispatchId

router = APIRouter(prefix="/cases/{case_id}/dispatches")

Sender = Annotated[Transactions, requires_for_each(Permission.SEND_DISPATCHES)]


@dataclass(frozen=True, slots=True)
class Packed:
    """One document of a package: its name, where it lies, and how it is proven."""

    id: DocumentId
    filename: str
    name: ObjectName
    sha256: str
    version_id: str | None


@router.get("/{dispatch_id}/package")
def package(
    case_id: TheCaseId, dispatch_id: TheDispatchId, request: Request, transaction: Sender
) -> Response:
    """Send the documents of a dispatch as one ZIP file; each is proven, and its opening recorded.

    No transaction is open while the bytes are read.
    """
    with transaction() as work:
        case_to_read(work, case_id)
        found = _documents(work, case_id, dispatch_id)
    content = _packed(site_of(request).neighbours.store, found)
    with transaction() as work:
        for one in found:
            case = open_case(work, case_id, Viewed.DOCUMENT, one.id)
        reference = case.reference.replace("/", "-")
    headers = {"content-disposition": disposition(f"{reference}-dispatch.zip")}
    return Response(content, headers=headers, media_type="application/zip")


def _documents(work: UnitOfWork, case_id: CaseId, dispatch_id: DispatchId) -> list[Packed]:
    found = (one for one in dispatches(work.session, case_id) if one.id == dispatch_id)
    dispatch = next(found, None)
    if dispatch is None or not dispatch.document_ids:
        raise NotFound("There is no such dispatch on this case, or its documents are being made.")
    papers = (paper(work, case_id, DocumentId(one)) for one in dispatch.document_ids)
    return [
        Packed(DocumentId(one.id), one.filename, object_name(one), one.sha256, one.version_id)
        for one in papers
    ]


def _packed(store: Store, found: list[Packed]) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_STORED) as archive:
        for one in found:
            with fetch(store, one.name, one.sha256, one.version_id) as file:
                archive.writestr(one.filename, file.read())
    return content.getvalue()
