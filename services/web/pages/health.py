"""Whether this process lives, whether it can serve, which release it is; and two plain pages."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from services.casework.accounts.who_is import SignedIn
from services.web.app_state import site_of
from services.web.dependencies import open_to_anyone, open_to_machines
from services.web.rendering import page
from services.web.view_models.parts_health import parts_health, release

router = APIRouter()

Watched = Annotated[None, open_to_machines("says whether parts answer, and nothing else")]
Anyone = Annotated[SignedIn | None, open_to_anyone("says nothing of any partnership or case")]


@router.get("/healthz")
def healthz(_watched: Watched) -> Response:
    """Say that the process answers."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz")
def readyz(request: Request, _watched: Watched) -> Response:
    """Say whether every part that pages need answers."""
    parts = parts_health(site_of(request))
    is_ready = all(part.is_up for part in parts if part.is_needed)
    words = {part.name: part.words for part in parts}
    return JSONResponse(words, status_code=200 if is_ready else 503)


@router.get("/version")
def show_version(_watched: Watched) -> Response:
    """Say which release this is, and which migration it brings."""
    return JSONResponse(release())


@router.get("/accessibility")
def accessibility(request: Request, _known: Anyone) -> Response:
    """Show how accessible the service is, and what was checked."""
    return page(request, "pages/accessibility.html")


@router.get("/privacy")
def privacy(request: Request, _known: Anyone) -> Response:
    """Show what the service records of the people who use it."""
    return page(request, "pages/privacy.html")
