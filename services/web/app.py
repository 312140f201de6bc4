"""The web application: every page, one way to fail."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from services.web import account_refusals, background, ended_sessions, errors, rendering
from services.web.api.app import SERVED_AT, create_api
from services.web.app_state import Site, site_of_environment
from services.web.client_address import is_trusted_proxy, trusted_networks
from services.web.middleware import access_log
from services.web.middleware.headers import SecurityHeaders
from services.web.middleware.hosts import KnownHosts
from services.web.middleware.limits import BodyLimits
from services.web.middleware.own_words import SpokenFor
from services.web.middleware.request_ids import RequestIds
from services.web.middleware.request_metrics import RequestMetrics
from services.web.middleware.server_errors import ServerErrors
from services.web.pages import ROUTERS
from services.web.static_files import STATIC


def create_app(given: Site | None = None) -> FastAPI:
    """Build the application for a site, by default the one that the environment describes."""
    site = given or site_of_environment()
    app = FastAPI(
        title="Keyline",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
    )
    app.state.site = site
    trusted_networks(site.trusted_proxies)  # a setting that is wrong stops the start
    errors.install(app)
    account_refusals.install(app)
    # As they stand: an included router builds each route anew with the first request of an app.
    app.router.routes.extend(route for router in ROUTERS for route in router.routes)
    app.mount(SERVED_AT, create_api(site), name="api")
    ended_sessions.install(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    _add_middleware(app, site)
    rendering.compile_all()
    access_log.begin()
    return app


def _add_middleware(app: FastAPI, site: Site) -> None:
    """Add what every request passes; the last one added is the outermost."""
    app.add_middleware(BodyLimits)
    app.add_middleware(SpokenFor)
    app.add_middleware(KnownHosts, is_known=site.addresses.has_host, refuse=errors.foreign_host)
    app.add_middleware(ServerErrors, failed=errors.unexpected)
    app.add_middleware(access_log.AccessLog)
    app.add_middleware(SecurityHeaders, secure=site.is_secure)
    app.add_middleware(RequestMetrics)
    app.add_middleware(RequestIds, is_trusted=partial(is_trusted_proxy, site.trusted_proxies))


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Stand by for the worker, and answer Prometheus, for as long as pages are served."""
    with background.beside_pages(app.state.site):
        yield
