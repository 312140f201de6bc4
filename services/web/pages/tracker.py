"""The tracker: the actions of every plan that the person may read, narrowed by the address."""

from typing import Annotated, Final

from fastapi import APIRouter, Request, Response

from services.database.unit_of_work import UnitOfWork
from services.domain.actions import Followed, Rating
from services.domain.roles import Permission
from services.web.dependencies import requires
from services.web.rendering import page
from services.web.view_models.tracker import NOT_RATED, Narrowing, tracked

router = APIRouter()
MOST_DIGITS: Final = 6

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE, Permission.READ_OWN_PART)]


@router.get("/actions")
def tracker(
    request: Request, work: Reader, agency: str = "", rating: str = "", standing: str = ""
) -> Response:
    """Show the actions by agency, rating and standing, those that are due first before others."""
    narrowing = Narrowing(agency=agency, rating=rating, standing=standing)
    return page(
        request,
        "pages/tracker.html",
        view=tracked(work, narrowing, _number(request.query_params.get("part", ""))),
        narrowing=narrowing,
        ratings=list(Rating),
        not_rated=NOT_RATED,
        standings=list(Followed),
    )


def _number(part: str) -> int:
    """Return the number of a page; what is none is the first."""
    is_number = part.isascii() and part.isdecimal() and len(part) <= MOST_DIGITS
    return int(part) if is_number else 1
