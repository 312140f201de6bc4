"""What is written down of each request: ids, the kind of outcome and the time it took."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

LOG: Final = logging.getLogger("keyline.web")
_FIELDS: Final = ("request", "person", "partnership", "act", "case", "outcome", "milliseconds")


class OneLine(logging.Formatter):
    """Write each record as one line of JSON with nothing in it but what is listed."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname, "message": record.getMessage()}
        line |= {name: vars(record)[name] for name in _FIELDS if name in vars(record)}
        return json.dumps(line)


def begin() -> None:
    """Write this room's lines to standard error, once however often it is asked."""
    if not LOG.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(OneLine())
        LOG.addHandler(handler)
        LOG.setLevel(logging.INFO)
        LOG.propagate = False


def where(error: BaseException) -> str:
    """Say where an error arose, without its text, which may hold what somebody typed."""
    last = traceback.extract_tb(error.__traceback__)[-3:]
    places = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(last))
    return f"{type(error).__name__} at {places}"
