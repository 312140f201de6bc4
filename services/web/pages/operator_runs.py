"""The runs that operators look through: narrowed and a page at a time, and each by itself."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Request, Response

from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web.app_state import site_of
from services.web.dependencies import requires
from services.web.kept_forms import LATER
from services.web.path_ids import TheCaseId
from services.web.rendering import page
from services.web.view_models.operator_run import run_view
from services.web.view_models.operator_runs import runs_view

router = APIRouter(prefix="/operations/runs")

Watcher = Annotated[UnitOfWork, requires(Permission.WATCH_FLOWS)]


@router.get("")
def list_runs(request: Request, _work: Watcher) -> Response:
    """Show one page of runs, the worst first, narrowed by what the address asks for."""
    view = runs_view(site_of(request), request.query_params)
    return page(request, "pages/operator_runs.html", view=view)


@router.get("/{case_id}")
def show_run(case_id: TheCaseId, request: Request, work: Watcher) -> Response:
    """Show everything of one run, and the form to act on it."""
    site = site_of(request)
    return page(
        request,
        "pages/operator_run.html",
        view=run_view(site, case_id),
        may_act=work.actor.may(Permission.OPERATE_FLOWS),
        prefect_screen=site.prefect_screen,
        once=uuid4(),
        keeps=f"/operations/work{LATER}",
    )
