"""The application of the API: its routes, its errors, and the description of itself."""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from services.casework.systems.tokens import TokenRefused
from services.web.api import acting, problems, reading, tables, tokens
from services.web.api.commands_described import commands_described
from services.web.app_state import Site
from services.web.middleware.server_errors import ServerErrors

SERVED_AT: Final = "/api/v1"
ROUTERS: Final = (tokens.router, reading.router, tables.router, acting.router)
_ABOUT: Final = """
The same acts and the same reading as at the pages, as JSON. A system is let in by two
administrators of a partnership, and asks for a token with its secret. It is shown no words of a
case, and does only what its scopes and the act allow; whatever decides, signs or opens a record
needs the token of a named person. Errors are problems (RFC 9457), which repeat nothing that was
sent.
"""


def create_api(site: Site) -> FastAPI:
    """Build the application of the API for a site; it is mounted at `SERVED_AT`."""
    api = FastAPI(
        title="Keyline API",
        version="1",
        description=_ABOUT.strip(),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        servers=[{"url": SERVED_AT}],
        responses={"default": {"model": problems.ProblemTold, "description": "A problem."}},
    )
    api.state.site = site
    problems.install(api)
    api.add_exception_handler(TokenRefused, tokens.refused)
    for router in ROUTERS:
        api.include_router(router)
    api.add_middleware(ServerErrors, failed=problems.unexpected)
    described = _described(api)
    api.add_api_route("/openapi.json", lambda: JSONResponse(described), include_in_schema=False)
    return api


def _described(api: FastAPI) -> dict[str, Any]:
    """Return the description in OpenAPI 3.1: of each act its command, of each error its problem."""
    described = api.openapi()
    for path in described["paths"].values():
        for operation in path.values():
            content = operation["responses"]["default"]["content"]
            content[problems.MEDIA_TYPE] = content.pop("application/json")
            operation["responses"].pop("422", None)
    described["components"]["schemas"] |= commands_described()
    return described
