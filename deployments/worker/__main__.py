"""`python -m deployments.worker` carries cases until it is told to stop.

It has KEYLINE_WORKER_PROCESSES processes, each of which carries KEYLINE_WORKER_THREADS cases at a
time. With words for one claimed flow run and the lease of its case it carries that run alone and
ends.
"""

import os
import socket
import sys
from functools import partial
from uuid import uuid4

from deployments.worker import PROCESSES
from deployments.worker.alone import LoneRun, carry_alone
from deployments.worker.memory import share_before_forking
from deployments.worker.process import WorkerProcess
from deployments.worker.setup import ProcessName, WorkerSetup
from deployments.worker.slots import Slots
from deployments.worker.watched import watched
from services.bootstrap import neighbours, settings
from services.casework.engine.periodic_jobs import run_in_turn
from services.casework.handlers import HANDLERS
from services.database.engine import named
from services.orchestration.deployment_registry import server_from_environment
from services.orchestration.log_config import configure_logging
from tasks.run import RunSetup

THREADS = 3
ALONE = (sys.executable, "-P", "-m", "deployments.worker")


def main() -> int:
    """Run the worker's processes until they are told to stop; return the status to end with."""
    share_before_forking()
    return Slots([str(number + 1) for number in range(_processes())], work).keep()


def _processes() -> int:
    return int(os.environ.get("KEYLINE_WORKER_PROCESSES", PROCESSES))


def work(slot: str) -> None:
    """Work as one of the processes, with the neighbours that the environment names."""
    around = neighbours()
    name = ProcessName(socket.gethostname(), slot, uuid4().hex[:8])
    setup = WorkerSetup(
        name=name,
        around=around,
        handlers=HANDLERS,
        client=server_from_environment(),
        listening_url=named(settings().listening_url),
        run_jobs=partial(run_in_turn, around),
        alone=ALONE,
        processes=_processes(),
        threads=int(os.environ.get("KEYLINE_WORKER_THREADS", THREADS)),
    )
    with watched(setup, settings()):
        WorkerProcess(setup).run()


def alone(words: list[str]) -> None:
    """Carry one claimed flow run for the worker that started this process."""
    run = LoneRun.of(words)
    carry_alone(server_from_environment(), run, RunSetup(neighbours(), HANDLERS))


if __name__ == "__main__":
    configure_logging()
    if len(sys.argv) > 1:
        alone(sys.argv[1:])
    else:
        sys.exit(main())
