"""The page on which all who are late on somebody's cases are reminded at once."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.steps.reminding_everywhere import late_everywhere, remind_everywhere
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web.app_state import site_of
from services.web.dependencies import requires
from services.web.form_input import PostedForm
from services.web.path_ids import id_in, number_told
from services.web.rendering import page
from services.web.view_models.reminders import case_lines, previews

router = APIRouter(prefix="/remind")

WhoReminds = Annotated[UnitOfWork, requires(Permission.REMIND)]


@router.get("")
def check(request: Request, work: WhoReminds, done: str = "", left: str = "") -> Response:
    """Show who is late on which case, and what each of them will be sent."""
    late = late_everywhere(work)
    waits = [one for each in late.cases for one in each.waits]
    return page(
        request,
        "pages/remind.html",
        lines=case_lines(work, late.cases),
        more=late.more,
        emails=previews(work, waits, site_of(request).neighbours),
        done=number_told(done),
        left=number_told(left),
        once=uuid4(),
    )


@router.post("")
def send(work: WhoReminds, posted: PostedForm) -> Response:
    """Remind those who are ticked, one act a case; what is done meanwhile stops no other."""
    sent = remind_everywhere(work, [id_in(one) for one in posted.all("waits_on")])
    return RedirectResponse(f"/remind?done={sent.sent}&left={sent.left}", status_code=303)
