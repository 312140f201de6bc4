"""How the worker's processes log: one line of JSON for one thing that happened."""

import logging
import sys

from prefect.logging.configuration import setup_logging

from services.observability.logs import JsonLine

LONGEST = 160
_OURS = "keyline"
_TALKATIVE = ("httpx", "alembic", "websockets")


class OneLine(logging.Filter):
    """Keeps what Prefect says of a lost connection to its first line and the kind of error."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten what is not ours; our own errors keep their whole story."""
        if record.name.startswith(("prefect", "asyncio")):
            first = record.getMessage().strip().partition("\n")[0][:LONGEST]
            kind = record.exc_info[0] if record.exc_info else None
            record.msg = f"{first} [{kind.__name__}]" if kind else first
            record.args, record.exc_info, record.exc_text = (), None, None
        return True


def configure_logging() -> None:
    """Set the logs of this process up; Prefect's own set-up comes first and finds it done."""
    setup_logging()
    logging.getLogger(_OURS).setLevel(logging.INFO)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(JsonLine())
    lines.addFilter(OneLine())
    for logger in (
        logging.getLogger(),
        *map(logging.getLogger, list(logging.root.manager.loggerDict)),
    ):
        for handler in [*logger.handlers]:
            if isinstance(handler, logging.StreamHandler):  # what Prefect has set up
                logger.removeHandler(handler)
                logger.addHandler(lines)
