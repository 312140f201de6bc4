"""The tracker: the actions of every plan that the person may read, narrowed by the address."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.database.unit_of_work import UnitOfWork
from services.domain.actions import Followed, Rating
from services.domain.roles import Permission
from services.web.dependencies import requires
from services.web.path_ids import number_told
from services.web.rendering import page
from services.web.view_models.sharing import to_be_shared
from services.web.view_models.tracker import NARROWED_BY, NOT_RATED, SOURCES, Narrowing, tracked

router = APIRouter()

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE, Permission.READ_OWN_PART)]


@router.get("/actions")
def tracker(request: Request, work: Reader) -> Response:
    """Show the actions by agency, rating and standing, those that are due first before others."""
    narrowing = Narrowing(**{one: request.query_params.get(one, "") for one in NARROWED_BY})
    return page(
        request,
        "pages/tracker.html",
        view=tracked(work, narrowing, _number(request.query_params.get("part", ""))),
        narrowing=narrowing,
        ratings=list(Rating),
        not_rated=NOT_RATED,
        standings=list(Followed),
        sources=SOURCES,
        to_share=to_be_shared(work),
    )


def _number(part: str) -> int:
    """Return the number of a page; what is none is the first."""
    number = number_told(part)
    return 1 if number is None else number
