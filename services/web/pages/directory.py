"""The directory of the partnership: read as of a day, changed by ending and adding entries."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.json_values import day
from services.domain.roles import Permission
from services.web.dependencies import requires
from services.web.directory_door import sent, shown
from services.web.directory_forms import ADD_ORGANISATION, FORMS, DirectoryForm
from services.web.form_input import PostedForm
from services.web.path_ids import TheEntryId
from services.web.rendering import page
from services.web.view_models.directory import directory_on, entries_of_post

router = APIRouter(prefix="/directory")

Reader = Annotated[UnitOfWork, requires(Permission.READ_DIRECTORY)]
Adder = Annotated[UnitOfWork, requires(ADD_ORGANISATION.act.permission)]


@router.get("")
def show_directory(request: Request, work: Reader) -> Response:
    """Show the directory as it is today, or as it was or will be on the day asked for."""
    on = _day(request.query_params.get("on", "")) or work.today
    view = directory_on(work, on)
    return page(request, "pages/directory.html", view=view, today=work.today)


@router.get("/contacts/{entry_id}")
def show_post(entry_id: TheEntryId, request: Request, work: Reader) -> Response:
    """Show every entry that the contact's post ever had."""
    entries = entries_of_post(work, entry_id)
    return page(request, "pages/directory_post.html", entries=entries)


@router.get("/organisations/add")
def ask_organisation(request: Request, work: Adder) -> Response:
    """Show the form to add an organisation."""
    return shown(request, work, ADD_ORGANISATION, None)


@router.post("/organisations/add")
def add_organisation(request: Request, work: Adder, posted: PostedForm) -> Response:
    """Add an organisation."""
    return sent(request, work, ADD_ORGANISATION, None, posted)


def _serve(asked: DirectoryForm) -> None:
    needs = requires(asked.act.permission)

    def ask(entry_id: TheEntryId, request: Request, work: Annotated[UnitOfWork, needs]) -> Response:
        """Show the form about an entry."""
        return shown(request, work, asked, entry_id)

    def do(
        entry_id: TheEntryId,
        request: Request,
        work: Annotated[UnitOfWork, needs],
        posted: PostedForm,
    ) -> Response:
        """Do what was sent, or show the form again with what stands in the way."""
        return sent(request, work, asked, entry_id, posted)

    router.get(f"/{asked.path}", name=f"ask {asked.path}")(ask)
    router.post(f"/{asked.path}", name=f"do {asked.path}")(do)


for _form in FORMS:
    _serve(_form)


def _day(text: str) -> date | None:
    """Return the day asked for; what cannot be read is no day."""
    try:
        return day("on", text)
    except AnswerRefused:
        return None
