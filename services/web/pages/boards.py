"""The boards: local reviews, and more lists over all cases, each narrowed by codes."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web.dependencies import requires
from services.web.rendering import page
from services.web.view_models.reviews_board import reviews_board

router = APIRouter()

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE)]


@router.get("/reviews")
def list_reviews(request: Request, work: Reader) -> Response:
    """Show a page of the local reviews: how far each is, and what stands in its way."""
    return page(
        request, "pages/boards/reviews.html", table=reviews_board(work, request.query_params)
    )
