"""A flow run in a process of its own, for a case whose last attempt was lost with its process."""

import logging
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

LOOKS_EVERY = 0.1
TERM_PATIENCE = 2.0

_log = logging.getLogger("keyline.worker")


class LoneEnd(Enum):
    """How a process that carried one run ended."""

    ORDERLY = "it said how the run ended"
    LOST = "it died in the middle"
    STOPPED = "it was told to stop"


@dataclass(frozen=True, slots=True)
class LoneProcess:
    """Such a process; its standard input is open for as long as its parent lives."""

    command: Sequence[str]

    def run(self, is_to_go_on: Callable[[], bool]) -> LoneEnd:
        """Start the process, wait for its end, and tell how it ended.

        Any status but 0 is a loss: a run that fails by an error in Python has been reported to
        Prefect, and its process ends well.
        """
        process = subprocess.Popen(  # noqa: S603 - the command is our own
            self.command, stdin=subprocess.PIPE
        )
        try:
            while process.poll() is None:
                if not is_to_go_on():
                    return LoneEnd.STOPPED
                time.sleep(LOOKS_EVERY)
        finally:
            _end(process)
        if process.returncode == 0:
            return LoneEnd.ORDERLY
        _log.warning("A process that carried one case died: %s.", process.returncode)
        return LoneEnd.LOST


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Make sure that the process is gone."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(TERM_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()
    if process.stdin is not None:
        process.stdin.close()
