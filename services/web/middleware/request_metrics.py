"""What is counted of each request: by which template, how it was answered, how long that took."""

from time import perf_counter
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from services.observability.metrics import REQUEST_SECONDS, REQUESTS
from services.observability.traces import span
from services.web.middleware.sent_status import SentStatus

# What a sender makes up would be a label of its own.
METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
NO_ROUTE: Final = "none"
STATIC: Final = "/static"


class RequestMetrics:
    """Count every request, those that are refused before they reach a page as well."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, and count it with the status that its answer began with."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, sent = perf_counter(), SentStatus(send, 500)
        method = scope["method"] if scope["method"] in METHODS else "other"
        try:
            with span(f"page {method}") as codes:
                try:
                    await self.app(scope, receive, sent)
                finally:
                    codes |= {"http.route": route_template(scope), "http.status": sent.status}
        finally:
            route = route_template(scope)
            REQUESTS.labels(route, method, sent.status).inc()
            REQUEST_SECONDS.labels(route).observe(perf_counter() - began)


def route_template(scope: Scope) -> str:
    """Return the template of the route that answered, never the address itself."""
    route = getattr(scope.get("route"), "path", "")
    if route:
        return str(route)
    return STATIC if str(scope.get("path", "")).startswith(f"{STATIC}/") else NO_ROUTE
