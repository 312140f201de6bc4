"""What is written down of each request: ids, the kind of outcome and the time it took."""

import json
import logging
import re
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

LOG: Final = logging.getLogger("keyline.web")
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class OneLine(logging.Formatter):
    """Write each record as one line of JSON with nothing in it but what is listed."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname, "message": record.getMessage()}
        return json.dumps(line | vars(record).get("about", {}))


def begin() -> None:
    """Write this room's lines to standard error, once however often it is asked."""
    if not LOG.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(OneLine())
        LOG.addHandler(handler)
        LOG.setLevel(logging.INFO)
        LOG.propagate = False


def request(scope: Mapping[str, Any], status: int, seconds: float) -> None:
    """Write one line about an act: who, as what, which act, which case, how it ended."""
    if scope["method"] in READING and status < 500:
        return
    about = _about(scope) | {"status": status, "milliseconds": round(seconds * 1000)}
    LOG.info("act", extra={"about": about})


def failure(scope: Mapping[str, Any], error: BaseException) -> None:
    """Write where an error arose, without its text, which may hold what somebody typed."""
    last = traceback.extract_tb(error.__traceback__)[-4:]
    places = [f"{Path(one.filename).name}:{one.lineno}" for one in reversed(last)]
    about = _about(scope) | {"error": type(error).__name__, "at_lines": places}
    LOG.error("unexpected", extra={"about": about})


def _about(scope: Mapping[str, Any]) -> dict[str, Any]:
    state, route = scope.get("state", {}), scope.get("route")
    actor = state.get("actor")
    return {
        "request": state.get("request_id", ""),
        "act": str(getattr(route, "path", "")),
        "case": _id_only(str(scope.get("path_params", {}).get("case_id", ""))),
        "person": str(actor.person_id) if actor else "",
        "partnership": str(actor.partnership_id) if actor else "",
        "role": str(actor.role) if actor else "",
    }


def _id_only(text: str) -> str:
    return text if _ID.fullmatch(text) else ""
