"""The page of a request to consider a local review, which needs no case yet (Doc 1b)."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.database.unit_of_work import UnitOfWork
from services.web.act_door import sent
from services.web.act_form import shown
from services.web.act_pages.review_request import REQUEST_REVIEW
from services.web.dependencies import requires
from services.web.form_input import PostedForm

router = APIRouter()
Asking = Annotated[UnitOfWork, requires(REQUEST_REVIEW.act.permission)]


@router.get("/requests")
def ask(request: Request, work: Asking) -> Response:
    """Show the form on which a local review is asked for."""
    return shown(request, work, REQUEST_REVIEW, None)


@router.post("/requests")
def send(request: Request, posted: PostedForm, work: Asking) -> Response:
    """Open a case on the request, or show what has to be put right."""
    return sent(request, work, REQUEST_REVIEW, None, posted)
