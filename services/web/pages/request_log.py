"""The page of what the agencies of a case were asked for, and what came of it."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import open_case
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.dependencies import requires
from services.web.path_ids import TheCaseId
from services.web.rendering import page
from services.web.view_models.quality_table import quality_table
from services.web.view_models.request_log import request_log

router = APIRouter(prefix="/cases")

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE)]


@router.get("/{case_id}/requests")
def show_requests(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show who was asked for what and when, and what came (LC-11)."""
    case = open_case(work, case_id, Viewed.REQUEST_LOG)
    logged = request_log(work, case)
    quality = quality_table(work, case)
    return page(request, "pages/cases/requests.html", case=case, logged=logged, quality=quality)
