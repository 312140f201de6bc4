"""The page of the agencies' chronologies as one, and the same as a file."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import open_case
from services.database.unit_of_work import UnitOfWork
from services.documents.tables import EXTENSIONS
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.dependencies import requires
from services.web.path_ids import TheCaseId
from services.web.rendering import page
from services.web.table_answer import sent_as_file
from services.web.view_models.chronology import chronology_view
from services.web.view_models.chronology_export import chronology_file
from services.web.view_models.chronology_filter import filter_in

router = APIRouter(prefix="/cases")

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE)]


@router.get("/{case_id}/chronology")
def show_chronology(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show what the agencies' chronologies tell, in the order in which it happened (LC-33)."""
    case = open_case(work, case_id, Viewed.CHRONOLOGY)
    view = chronology_view(work, case, filter_in(request.query_params.multi_items()))
    return page(request, "pages/cases/chronology.html", case=case, view=view)


def _serve(extension: str) -> None:
    def export(case_id: TheCaseId, request: Request, work: Reader) -> Response:
        """Send what is shown as a file, in which no cell is a formula."""
        case = open_case(work, case_id, Viewed.CHRONOLOGY)
        chosen = filter_in(request.query_params.multi_items())
        table = chronology_file(work, case, chosen, extension)
        return sent_as_file(table, f"{case.reference}-chronology")

    name = f"chronology.{extension}"
    router.get(f"/{{case_id}}/{name}", name=name)(export)


for _extension in EXTENSIONS:
    _serve(_extension)
