"""What operators watch: each flow run in casework words, and the parts; no case content."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.engine.operations import partnerships_watched
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web.app_state import site_of
from services.web.dependencies import requires
from services.web.rendering import page
from services.web.view_models.parts_health import parts_health

router = APIRouter()


@router.get("/operations")
def operations(
    request: Request, work: Annotated[UnitOfWork, requires(Permission.WATCH_FLOWS)]
) -> Response:
    """Show how every partnership's cases are carried, and whether the parts answer."""
    site = site_of(request)
    return page(
        request,
        "pages/operations.html",
        partnerships=partnerships_watched(site.neighbours),
        parts=parts_health(site),
        prefect_screen=site.prefect_screen,
        now=work.now,
    )
