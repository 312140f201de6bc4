"""The boards: local reviews, publications, requests to agencies: lists over all cases, by codes."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web.dependencies import requires
from services.web.rendering import page
from services.web.view_models.agencies_table import agencies_table
from services.web.view_models.publications_table import publications_table
from services.web.view_models.returns_table import returns_table
from services.web.view_models.reviews_board import reviews_board

router = APIRouter()

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE)]
Publisher = Annotated[UnitOfWork, requires(Permission.READ_CASE, Permission.PLAN_PUBLICATION)]


@router.get("/reviews")
def list_reviews(request: Request, work: Reader) -> Response:
    """Show a page of the local reviews: how far each is, and what stands in its way."""
    return page(
        request, "pages/boards/reviews.html", table=reviews_board(work, request.query_params)
    )


@router.get("/publications")
def list_publications(request: Request, work: Publisher) -> Response:
    """Show a page of what is published or has a day: where, until when, and the next look."""
    table = publications_table(work, request.query_params)
    return page(request, "pages/boards/publications.html", table=table)


@router.get("/agencies")
def list_agencies(request: Request, work: Reader) -> Response:
    """Show how each agency answers what it is asked; each figure leads to what it counts."""
    table = agencies_table(work, request.query_params)
    return page(request, "pages/boards/agencies.html", table=table)


@router.get("/returns")
def list_returns(request: Request, work: Reader) -> Response:
    """Show a page of what agencies were asked for, and how each request stands."""
    table = returns_table(work, request.query_params)
    return page(request, "pages/boards/returns.html", table=table)
