"""The page on which two versions of the report, or of the terms of reference, are compared."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import open_case
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.dependencies import requires
from services.web.path_ids import TheCaseId
from services.web.rendering import page
from services.web.view_models.versions import versions_view

router = APIRouter(prefix="/cases")

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE)]


@router.get("/{case_id}/versions")
def compare_versions(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show what differs between two versions, in their own words (PUB-02, LC-06)."""
    case = open_case(work, case_id, Viewed.VERSIONS)
    asked = request.query_params
    of, first, second = (asked.get(one, "") for one in ("of", "first", "second"))
    view = versions_view(work, case, of, first, second)
    return page(request, "pages/cases/versions.html", case=case, view=view)
