"""Local trends, as the review group looks at them, and as they may be told outside (EMB-10)."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.trends import FEWEST_TOLD, Counted
from services.web.dependencies import requires
from services.web.rendering import page
from services.web.view_models.trends import trends_of

router = APIRouter()

Reader = Annotated[
    UnitOfWork,
    requires(Permission.RUN_LEARNING, Permission.SIGN_OFF, Permission.GIVE_OPINION),
]
OUTSIDE = "outside"


@router.get("/trends")
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
    )
