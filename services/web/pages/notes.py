"""The page of the notes and calls of a case."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import open_case
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.dependencies import requires
from services.web.path_ids import TheCaseId
from services.web.rendering import page
from services.web.view_models.act_places import NOTES, acts_here
from services.web.view_models.notes import note_lines

router = APIRouter(prefix="/cases")

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE)]


@router.get("/{case_id}/notes")
def show_notes(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show what was noted and which calls were kept, the newest first."""
    case = open_case(work, case_id, Viewed.NOTES)
    may = acts_here(work, case, NOTES)
    lines = note_lines(work, case)
    return page(request, "pages/cases/notes.html", case=case, notes=lines, may=may)
