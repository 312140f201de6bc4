"""What another partnership shows us of its case."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.casework.access.copies import SavedCopy, copy_of
from services.casework.access.shown_cases import (
    ShownCase,
    open_shown_case,
    open_shown_document,
    shown_document,
    shown_to_actor,
)
from services.casework.steps.joint.comments import lead_as_shown
from services.database.cases import get_case
from services.database.documents import Document
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.web.dependencies import Transactions, requires, requires_for_each
from services.web.path_ids import TheCaseId, TheDocumentId
from services.web.rendering import page
from services.web.sending import send
from services.web.view_models.shown_case import shown_case_view

router = APIRouter()

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE)]
PaperReader = Annotated[Transactions, requires_for_each(Permission.KEEP_DOCUMENTS)]


@router.get("/shown/{case_id}")
def show(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show another partnership's case as far as it is shown to us now."""
    found = open_shown_case(work, case_id)
    view = shown_case_view(work, found, work.today)
    return page(
        request,
        "pages/shown_case.html",
        view=view,
        as_whom=None,
        readers=(),
        comments_on=_comments_on(work, found),
    )


@router.get("/shown/{case_id}/documents/{document_id}")
def download(
    case_id: TheCaseId, document_id: TheDocumentId, request: Request, transaction: PaperReader
) -> Response:
    """Send one document that another partnership shows, and record that it was opened."""

    def find(work: UnitOfWork) -> Document:
        return shown_document(work, case_id, document_id)

    def opened(work: UnitOfWork) -> SavedCopy:
        document = open_shown_document(work, case_id, document_id)
        shared, _own = shown_to_actor(work, case_id)
        return copy_of(work, document, shared.reference)

    return send(request, transaction, find, opened)


def _comments_on(work: UnitOfWork, found: ShownCase) -> UUID | None:
    """Return on which case of ours a comment is made, if the reader may make one."""
    if found.own_case is None or not work.actor.may(Permission.COMMENT_ON_SHOWN):
        return None
    lead = lead_as_shown(work, get_case(work.session, CaseId(found.own_case)))
    return found.own_case if lead and lead.case_id == found.case.case_id else None
