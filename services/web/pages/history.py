"""The pages of what happened on a case, and of who looked at it."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import open_case
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.dependencies import requires
from services.web.path_ids import TheCaseId
from services.web.rendering import page
from services.web.timeline import timeline_of
from services.web.view_models.viewings import viewing_lines

router = APIRouter(prefix="/cases")

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE, Permission.READ_OWN_PART)]


@router.get("/{case_id}/timeline")
def timeline(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show everything that happened on the case, newest first."""
    case = open_case(work, case_id, Viewed.TIMELINE)
    return page(
        request,
        "pages/cases/timeline.html",
        case=case,
        entries=timeline_of(work, case),
        sees_history=work.actor.may(Permission.READ_HISTORY),
    )


@router.get("/{case_id}/history")
def history(
    case_id: TheCaseId,
    request: Request,
    work: Annotated[UnitOfWork, requires(Permission.READ_HISTORY)],
) -> Response:
    """Show who looked at the case and its documents."""
    case = open_case(work, case_id, Viewed.VIEWERS)
    seen = viewing_lines(work, case)
    return page(request, "pages/cases/history.html", case=case, seen=seen)
