"""The page of a lead, which needs no case yet: something heard that may need notifying."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.database.unit_of_work import UnitOfWork
from services.web.act_door import sent
from services.web.act_form import shown
from services.web.act_pages.leads import LOG_LEAD
from services.web.dependencies import requires
from services.web.form_input import PostedForm

router = APIRouter()
Logging = Annotated[UnitOfWork, requires(LOG_LEAD.act.permission)]


@router.get("/leads")
def ask(request: Request, work: Logging) -> Response:
    """Show the form on which a lead is logged."""
    return shown(request, work, LOG_LEAD, None)


@router.post("/leads")
def log(request: Request, posted: PostedForm, work: Logging) -> Response:
    """Log the lead, or show what has to be put right."""
    return sent(request, work, LOG_LEAD, None, posted)
