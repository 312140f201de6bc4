"""The web application: every page, one way to fail."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from services.web import background, errors, log, rendering
from services.web.app_state import Site, site_of_environment
from services.web.headers import Guarded
from services.web.pages import ROUTERS

STATIC: Final = Path(__file__).parent / "static"


def create_app(given: Site | None = None) -> FastAPI:
    """Put the pages together around a site, which the environment describes if nobody does."""
    site = given or site_of_environment()
    app = FastAPI(
        title="Keyline",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=_standing_by,
    )
    app.state.site = site
    errors.install(app)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(Guarded, secure=site.is_secure, failed=errors.unexpected)
    rendering.compile_all()
    log.begin()
    return app


@asynccontextmanager
async def _standing_by(app: FastAPI) -> AsyncIterator[None]:
    """Tick beside the pages for as long as they are served."""
    with background.ticking(app.state.site.neighbours):
        yield
