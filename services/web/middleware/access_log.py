"""What is logged of each request: ids, the kind of outcome and the time it took."""

import logging
import re
import sys
from collections.abc import Mapping
from time import perf_counter
from typing import Any, Final

from starlette.types import ASGIApp, Receive, Scope, Send

from services.observability.logs import LISTED, JsonLine, kind_of
from services.orchestration.prefect_relay import SERVED_AT
from services.web.middleware.sent_status import SentStatus

LOG: Final = logging.getLogger("keyline.web")
READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
REFUSED: Final = frozenset({403, 404})
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class AccessLog:
    """Log each request that was to change something, that failed, or that was refused a case."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request and log it with the status that its answer began with."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, sent = perf_counter(), SentStatus(send, 0)
        try:
            await self.app(scope, receive, sent)
        finally:
            _log_request(scope, sent.status, perf_counter() - began)


def begin() -> None:
    """Write this room's lines to standard error; asking again adds no second handler."""
    if not LOG.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLine())
        LOG.addHandler(handler)
        LOG.setLevel(logging.INFO)
        LOG.propagate = False


def failure(scope: Mapping[str, Any], error: BaseException) -> None:
    """Log where an error arose, without its text, which may hold what a person typed."""
    about = _about(scope) | kind_of(error)
    LOG.error("unexpected", extra={LISTED: about})


def _log_request(scope: Mapping[str, Any], status: int, seconds: float) -> None:
    """Write one line: who, as what, which act, which case, how it ended."""
    is_act = not _only_reads(scope) or status >= 500
    if is_act or _is_refused_read(scope, status):
        about = _about(scope) | {"status": status, "milliseconds": round(seconds * 1000)}
        LOG.info("act" if is_act else "refused", extra={LISTED: about})


def _only_reads(scope: Mapping[str, Any]) -> bool:
    """Tell whether nothing is to change; Prefect's pages read by POST, every few seconds."""
    asks = scope["method"] == "POST" and scope["path"].startswith(f"{SERVED_AT}/api/")
    return asks or scope["method"] in READING


def _is_refused_read(scope: Mapping[str, Any], status: int) -> bool:
    """Tell whether a person who is signed in was refused a page of a case."""
    is_known = scope.get("state", {}).get("known") is not None
    return is_known and status in REFUSED and "case_id" in scope.get("path_params", {})


def _about(scope: Mapping[str, Any]) -> dict[str, Any]:
    state, route = scope.get("state", {}), scope.get("route")
    known = state.get("known")
    actor = known.acting.actor if known and known.acting else None
    return {
        "request": state.get("request_id", ""),
        "act": str(getattr(route, "path", "")),
        "case": _id_only(str(scope.get("path_params", {}).get("case_id", ""))),
        "person": str(known.person_id) if known else "",
        "partnership": str(actor.partnership_id) if actor else "",
        "role": str(actor.role) if actor else "",
    }


def _id_only(text: str) -> str:
    return text if _ID.fullmatch(text) else ""
