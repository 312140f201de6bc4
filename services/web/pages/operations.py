"""What operators watch: each flow run in casework words, and the parts; no case content."""

from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.engine.pausing import SetPause, set_pause
from services.casework.operations.watched import partnership_names, partnerships_watched
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.roles import Permission
from services.web.act_form import Again
from services.web.app_state import site_of
from services.web.dependencies import requires
from services.web.form_input import PostedForm
from services.web.forms.fields import Choice, Options, questions
from services.web.forms.parsing import read
from services.web.forms.rendering import show
from services.web.forms.validation import refused, understand
from services.web.rendering import page
from services.web.view_models.operator_runs import affecting_here
from services.web.view_models.parts_health import (
    carrying_troubles,
    engine_here,
    measured_here,
    parts_health,
    second_runs_here,
)

router = APIRouter()

Pauser = Annotated[UnitOfWork, requires(Permission.PAUSE_WORK)]
ASKED: Final = questions(SetPause)


@router.get("/operations")
def operations(
    request: Request, work: Annotated[UnitOfWork, requires(Permission.WATCH_FLOWS)]
) -> Response:
    """Show how every partnership's cases are carried, and whether the parts answer."""
    site = site_of(request)
    found, engine = measured_here(site), engine_here(site)
    parts = parts_health(site, engine)
    return page(
        request,
        "pages/operations.html",
        partnerships=partnerships_watched(site.neighbours, found, engine),
        parts=parts,
        carrying=carrying_troubles(found, engine, parts),
        affecting=affecting_here(site),
        second=second_runs_here(site, engine),
        prefect_screen=site.prefect_screen,
        now=work.now,
    )


@router.get("/operations/pause")
def ask_pause(request: Request, _work: Pauser) -> Response:
    """Show whose machine work is paused, and the form to pause it or to let it go on."""
    return _shown(request, Again())


@router.post("/operations/pause")
def change_pause(request: Request, work: Pauser, posted: PostedForm) -> Response:
    """Pause a partnership's machine work, or let it go on."""
    answers = read(ASKED, posted, _choices(request))
    words = understand(SetPause, ASKED, answers)
    if isinstance(words, list):
        return _shown(request, Again(posted, words, 422))
    try:
        set_pause(work.actor, site_of(request).neighbours, words)
    except AnswerRefused as error:
        problem = refused(error.field, str(error), ASKED, answers)
        return _shown(request, Again(posted, [problem], 422))
    return RedirectResponse("/operations", status_code=303)


def _shown(request: Request, again: Again) -> Response:
    site = site_of(request)
    return page(
        request,
        "pages/pause.html",
        again.status,
        partnerships=partnerships_watched(site.neighbours, measured_here(site), engine_here(site)),
        form=show(ASKED, _choices(request), again.posted, again.problems),
        once=uuid4(),
    )


def _choices(request: Request) -> Options:
    names = partnership_names(site_of(request).neighbours)
    return {"partnership": tuple(Choice(str(one), name) for one, name in names.items())}
