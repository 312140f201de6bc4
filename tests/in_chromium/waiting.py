"""Waiting for what the platform does by itself."""

import time
from collections.abc import Callable
from typing import TypeVar

from tests.acceptance.errors import JourneyStopped

PATIENCE = 120.0  # seconds
Found = TypeVar("Found")


def until(look: Callable[[], Found | bool]) -> Found:
    """Return what the look finds, once it finds something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := look():
            return found  # type: ignore[return-value]
        time.sleep(0.3)
    raise JourneyStopped("What was waited for did not come.")
