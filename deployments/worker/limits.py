"""How long a worker's process may stand still, and the statuses with which it ends itself."""

import faulthandler
import os
import sys
from typing import NoReturn

STUCK_AFTER = 180.0
"""Seconds after which a process whose main loop does not turn is ended by a watchdog in C."""

OVERDUE = 75
"""A piece of work took longer than any may: the supervisor is to start the process again."""

PARENT_IS_GONE = 76
"""The process that was to see how this one ends has ended itself."""


def end_if_stuck() -> None:
    """Have the process end itself unless this is called again in time."""
    faulthandler.dump_traceback_later(STUCK_AFTER, exit=True)


def end_overdue() -> NoReturn:
    """End the process in the middle of what it does."""
    os._exit(OVERDUE)


def end_well(*, are_threads_left: bool) -> None:
    """Call the watchdog off; threads that do not come to their rest do not hold the process up."""
    faulthandler.cancel_dump_traceback_later()
    if are_threads_left:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
