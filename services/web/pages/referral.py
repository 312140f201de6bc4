"""The page of gate G1, which needs no case yet: an agency refers a serious incident."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.database.unit_of_work import UnitOfWork
from services.web.act_door import sent
from services.web.act_form import shown
from services.web.act_pages.referral import REFER
from services.web.dependencies import requires
from services.web.form_input import PostedForm

router = APIRouter()
Referring = Annotated[UnitOfWork, requires(REFER.act.permission)]


@router.get("/refer")
def ask(request: Request, work: Referring) -> Response:
    """Show the form of a referral."""
    return shown(request, work, REFER, None)


@router.post("/refer")
def refer(request: Request, posted: PostedForm, work: Referring) -> Response:
    """Open a case on the incident, or show what has to be put right."""
    return sent(request, work, REFER, None, posted)
