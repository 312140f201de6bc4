"""How a process logs: one line of JSON for one thing, with nothing in it but what is listed."""

import json
import logging
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from services.observability.request_ids import current_request_id

LISTED: Final = "about"
LAST_PLACES: Final = 4


class JsonLine(logging.Formatter):
    """Write each record as one line of JSON: the message, whose request it is, what is listed."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname}
        line |= {"logger": record.name, "message": record.getMessage()}
        if request_id := current_request_id():
            line["request"] = request_id
        if record.exc_info and record.exc_info[1]:
            line |= kind_of(record.exc_info[1])
        return json.dumps(line | vars(record).get(LISTED, {}))


def kind_of(error: BaseException) -> dict[str, Any]:
    """Return the kind of an error and where it arose, without its text: it may quote a row."""
    last = traceback.extract_tb(error.__traceback__)[-LAST_PLACES:]
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(last)]
    return {"error": type(error).__name__, "at_lines": places}


def listed(**about: object) -> Mapping[str, Any]:
    """Return what a line lists beside its message, as `extra` of a logger's call.

    Ids, codes and numbers; a log is read by people who may see no case.
    """
    return {LISTED: {name: _plain(value) for name, value in about.items() if value is not None}}


def _plain(value: object) -> object:
    return value if isinstance(value, bool | int | float) else str(value)
