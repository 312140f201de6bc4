"""The worker as a part of the local platform."""

import sys
from collections.abc import Mapping
from pathlib import Path

from deployments import VERSION
from deployments.local import processes
from deployments.local.part import Part

NOWHERE = "(it calls; nobody calls it)"


def part(log: Path, environment: Mapping[str, str]) -> Part:
    """Return it as a part of the platform; it reads its settings from the environment."""
    command = [sys.executable, "-P", "-m", "deployments.worker"]
    return Part(
        "worker",
        "Worker",
        NOWHERE,
        VERSION,
        lambda: processes.start(command, log, environment),
        lambda: True,
    )
