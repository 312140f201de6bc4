"""Local trends, as the review group looks at them, and as they may be told outside (EMB-10)."""

from fastapi import APIRouter, Request, Response

from services.domain.roles import Permission
from services.domain.trends import FEWEST_TOLD, Counted
from services.web.form_input import PostedForm
from services.web.learning_door import Keeper, Reader, sent, shown
from services.web.learning_forms import LOOK, TRENDS
from services.web.rendering import page
from services.web.view_models.trend_looks import looks_told
from services.web.view_models.trends import trends_of

router = APIRouter(prefix=TRENDS)

OUTSIDE = "outside"


@router.get("")
def trends(request: Request, work: Reader, told: str = "") -> Response:
    """Show the trends in sentences, tables and pictures with the same numbers."""
    is_outside = told == OUTSIDE
    return page(
        request,
        "pages/trends.html",
        partnership=work.partnership,
        view=trends_of(work, outside=is_outside),
        is_outside=is_outside,
        counted=list(Counted),
        fewest=FEWEST_TOLD,
        looks=() if is_outside else looks_told(work),
        may_look=work.actor.may(Permission.RUN_LEARNING),
    )


@router.get("/look")
def ask_look(request: Request, work: Keeper) -> Response:
    """Show the form on which a look of the review group is recorded."""
    return shown(request, work, LOOK, None)


@router.post("/look")
def look(request: Request, work: Keeper, posted: PostedForm) -> Response:
    """Record that the review group looked at the trends."""
    return sent(request, work, LOOK, None, posted)
