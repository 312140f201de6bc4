"""The page of the agencies' chronologies as one."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import open_case
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.dependencies import requires
from services.web.path_ids import TheCaseId
from services.web.rendering import page
from services.web.view_models.chronology import chronology_view

router = APIRouter(prefix="/cases")

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE)]


@router.get("/{case_id}/chronology")
def show_chronology(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show what the agencies' chronologies tell, in the order in which it happened (LC-33)."""
    case = open_case(work, case_id, Viewed.CHRONOLOGY)
    chosen = frozenset(request.query_params.getlist("agency"))
    view = chronology_view(work, case, chosen)
    return page(request, "pages/cases/chronology.html", case=case, view=view)
