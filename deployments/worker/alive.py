"""`python -m deployments.worker.alive` says whether the worker of this machine lives, all of it.

A container is asked so: that its first process lives does not say that those which carry cases do.
"""

import os
import sys
from pathlib import Path

from deployments.worker import PROCESSES

WORKER = b"deployments.worker"


def living(processes: Path = Path("/proc")) -> int:
    """Count the worker's processes by how they were started: the parent and those it has forked."""
    own = str(os.getpid())
    return sum(
        _words(each)[-1:] == [WORKER] for each in processes.glob("[0-9]*") if each.name != own
    )


def _words(process: Path) -> list[bytes]:
    try:
        return process.joinpath("cmdline").read_bytes().rstrip(b"\0").split(b"\0")
    except OSError:  # it has just ended
        return []


def main() -> int:
    """Return nought if the parent and each of its processes live."""
    wanted = 1 + int(os.environ.get("KEYLINE_WORKER_PROCESSES", PROCESSES))
    return 0 if living() >= wanted else 1


if __name__ == "__main__":
    sys.exit(main())
