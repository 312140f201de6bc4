"""Inspection packs: listed, opened, decided item by item, approved by two, sent."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.audit import note_look
from services.casework.inspection_packs.access import pack_in_sight
from services.casework.inspection_packs.file_made import open_pack_file
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import InspectionEvent
from services.domain.roles import Permission
from services.storage.file_names import disposition
from services.web.dependencies import requires
from services.web.form_input import PostedForm
from services.web.inspection_door import PACKS, sent, shown
from services.web.inspection_forms import FORMS, ITEM_FORMS, OPEN, TITLES, InspectionForm
from services.web.path_ids import TheDocumentId, TheEntryId
from services.web.rendering import page
from services.web.view_models.inspection_packs import pack_lines, pack_page

router = APIRouter(prefix=PACKS)

Reader = Annotated[
    UnitOfWork,
    requires(Permission.KEEP_INSPECTION_PACKS, Permission.APPROVE_INSPECTION_PACKS),
]
Keeper = Annotated[UnitOfWork, requires(OPEN.act.permission)]


@router.get("")
def list_packs(request: Request, work: Reader) -> Response:
    """Show the packs that the person may know of, by their references."""
    may_open = work.actor.may(OPEN.act.permission)
    view = pack_lines(work)
    return page(request, "pages/inspection_packs/list.html", view=view, may_open=may_open)


@router.get("/open")
def ask_pack(request: Request, work: Keeper) -> Response:
    """Show the form on which a pack is opened."""
    return shown(request, work, OPEN, None)


@router.post("/open")
def open_a_pack(request: Request, work: Keeper, posted: PostedForm) -> Response:
    """Open a pack, and gather what is asked."""
    return sent(request, work, OPEN, None, posted)


@router.get("/{entry_id}")
def show_pack(entry_id: TheEntryId, request: Request, work: Reader) -> Response:
    """Show one pack with its items and its steps, and note that it was looked at."""
    view = pack_page(work, pack_in_sight(work, entry_id))
    note_look(work, InspectionEvent.LOOKED_AT, entry_id)
    return page(request, "pages/inspection_packs/pack.html", view=view, titles=TITLES)


@router.get("/files/{document_id}")
def download_pack_file(document_id: TheDocumentId, work: Reader) -> Response:
    """Send a file of a pack as it was made, and note that it was opened."""
    name, media, content = open_pack_file(work, document_id)
    headers = {"content-disposition": disposition(name)}
    return Response(content, headers=headers, media_type=media)


def _serve(asked: InspectionForm) -> None:
    needs = requires(asked.act.permission)

    def ask(entry_id: TheEntryId, request: Request, work: Annotated[UnitOfWork, needs]) -> Response:
        """Show the form about a pack or about one item of it."""
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
    router.get(path, name=f"ask about a pack {path}")(ask)
    router.post(path, name=f"do on a pack {path}")(do)


for _form in (*FORMS, *ITEM_FORMS):
    _serve(_form)
