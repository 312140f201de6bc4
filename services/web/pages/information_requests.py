"""Requests for information and complaints: listed, entered, and carried to their end."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.audit import note_look
from services.casework.information_requests.access import request_to_read
from services.casework.information_requests.reply import open_paper
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import RequestEvent
from services.domain.roles import Permission
from services.storage.file_names import disposition
from services.web.dependencies import requires
from services.web.form_input import PostedForm
from services.web.information_request_door import REQUESTS, sent, shown
from services.web.information_request_forms import (
    ENTER,
    FORMS,
    ITEM_FORMS,
    TITLES,
    InformationRequestForm,
)
from services.web.path_ids import TheDocumentId, TheEntryId
from services.web.rendering import page
from services.web.view_models.information_requests import request_page
from services.web.view_models.request_lines import request_lines

router = APIRouter(prefix=REQUESTS)

Reader = Annotated[
    UnitOfWork,
    requires(Permission.KEEP_INFORMATION_REQUESTS, Permission.ANSWER_INFORMATION_REQUESTS),
]
Keeper = Annotated[UnitOfWork, requires(ENTER.act.permission)]


@router.get("")
def list_requests(request: Request, work: Reader) -> Response:
    """Show the requests that the person may know of, by their references."""
    may_enter = work.actor.may(ENTER.act.permission)
    view = request_lines(work)
    return page(request, "pages/information_requests/list.html", view=view, may_enter=may_enter)


@router.get("/enter")
def ask_request(request: Request, work: Keeper) -> Response:
    """Show the form on which a request is entered."""
    return shown(request, work, ENTER, None)


@router.post("/enter")
def enter_request(request: Request, work: Keeper, posted: PostedForm) -> Response:
    """Enter a request."""
    return sent(request, work, ENTER, None, posted)


@router.get("/{entry_id}")
def show_request(entry_id: TheEntryId, request: Request, work: Reader) -> Response:
    """Show one request with its clock and its steps, and note that it was looked at."""
    view = request_page(work, request_to_read(work, entry_id))
    note_look(work, RequestEvent.LOOKED_AT, entry_id)
    return page(request, "pages/information_requests/request.html", view=view, titles=TITLES)


@router.get("/papers/{document_id}")
def download_paper(document_id: TheDocumentId, work: Reader) -> Response:
    """Send a reply paper as it was made, and note that it was opened."""
    name, content = open_paper(work, document_id)
    headers = {"content-disposition": disposition(name)}
    return Response(content, headers=headers, media_type="application/pdf")


def _serve(asked: InformationRequestForm) -> None:
    needs = requires(Permission.KEEP_INFORMATION_REQUESTS, asked.act.permission)

    def ask(entry_id: TheEntryId, request: Request, work: Annotated[UnitOfWork, needs]) -> Response:
        """Show the form about a request or about one item of it."""
        return shown(request, work, asked, entry_id)

    def do(
        entry_id: TheEntryId,
        request: Request,
        work: Annotated[UnitOfWork, needs],
        posted: PostedForm,
    ) -> Response:
        """Do what was sent, or show the form again with what stands in the way."""
        return sent(request, work, asked, entry_id, posted)

    within = "/items/{entry_id}" if asked.act.is_of_item else "/{entry_id}"
    path = f"{within}/{asked.act.name}"
    router.get(path, name=f"ask {path}")(ask)
    router.post(path, name=f"do {path}")(do)


for _form in (*FORMS, *ITEM_FORMS):
    _serve(_form)
