"""The alerts that the business manager or the chair of the review group must look at."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.alerts import alerts_for, mark_seen
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web.dependencies import requires
from services.web.form_input import PostedForm
from services.web.path_ids import id_in
from services.web.rendering import page
from services.web.view_models.alerts import alert_lines

router = APIRouter(prefix="/alerts")

AlertReader = Annotated[UnitOfWork, requires(Permission.READ_ALERTS)]


@router.get("")
def list_alerts(request: Request, work: AlertReader) -> Response:
    """Show the newest alerts, and for each unseen one a button to say that it was seen."""
    lines = alert_lines(work, alerts_for(work))
    return page(request, "pages/alerts.html", alerts=lines, once=uuid4())


@router.post("")
def see(work: AlertReader, posted: PostedForm) -> Response:
    """Keep that the actor has looked at the alert."""
    mark_seen(work, id_in(posted.only("alert")))
    return RedirectResponse("/alerts", status_code=303)
