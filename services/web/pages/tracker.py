"""The tracker: the actions of every plan that the person may read, and what is still shared."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.steps.embedding.sharing_listed import sharing_counted
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web.dependencies import requires
from services.web.rendering import page
from services.web.view_models.actions_table import actions_tracked
from services.web.view_models.sharing_table import sharing_table

router = APIRouter(prefix="/actions")

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE, Permission.READ_OWN_PART)]
WholeReader = Annotated[UnitOfWork, requires(Permission.READ_CASE)]


@router.get("")
def tracker(request: Request, work: Reader) -> Response:
    """Show the actions, narrowed and ordered by the address; what is open and due first."""
    view = actions_tracked(work, request.query_params)
    return page(request, "pages/tracker.html", view=view, sharing=sharing_counted(work))


@router.get("/sharing")
def sharing(request: Request, work: WholeReader) -> Response:
    """Show what is still to be shared of the learning, narrowed and ordered by the address."""
    table = sharing_table(work, request.query_params)
    return page(request, "pages/boards/sharing.html", table=table)
