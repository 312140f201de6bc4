"""The pages of what happened on a case, and of who looked at it."""

from typing import Annotated, Final

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import open_case
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.dependencies import requires
from services.web.path_ids import TheCaseId, number_told
from services.web.rendering import page
from services.web.timeline import entries_seen, tell, timeline_of
from services.web.timeline_pages import timeline_page
from services.web.view_models.timeline_filter import choices_of, wanted_of
from services.web.view_models.viewings import viewing_lines

router = APIRouter(prefix="/cases")

ON_A_PAGE: Final = 100

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE, Permission.READ_OWN_PART)]


@router.get("/{case_id}/timeline")
def timeline(case_id: TheCaseId, request: Request, work: Reader, number: str = "1") -> Response:
    """Show a page of what happened, newest first, narrowed by codes, or all of it to be printed."""
    case = open_case(work, case_id, Viewed.TIMELINE)
    found = entries_seen(work, case)
    choices = choices_of(found)
    wanted = wanted_of(request.query_params, choices)
    kept = [one for one in found if wanted.takes(one)]
    told = tell(work, kept) if wanted.is_any else timeline_of(work, case)
    return page(
        request,
        "pages/cases/timeline.html",
        case=case,
        view=timeline_page(told, _asked(number)),
        choices=choices,
        wanted=wanted,
        shown=len(told),
    )


@router.get("/{case_id}/history")
def history(
    case_id: TheCaseId,
    request: Request,
    work: Annotated[UnitOfWork, requires(Permission.READ_HISTORY)],
    number: str = "1",
) -> Response:
    """Show a page of who looked at the case and its documents, newest first."""
    case = open_case(work, case_id, Viewed.VIEWERS)
    seen = viewing_lines(work, case)
    pages = max(1, -(-len(seen) // ON_A_PAGE))
    shown = min(max(number_told(number) or 1, 1), pages)
    lines = seen[(shown - 1) * ON_A_PAGE : shown * ON_A_PAGE]
    return page(
        request, "pages/cases/history.html", case=case, seen=lines, number=shown, pages=pages
    )


def _asked(number: str) -> int | None:
    """Return which page is asked for; what is no number is the first, ``all`` is every one."""
    return None if number == "all" else number_told(number) or 1
