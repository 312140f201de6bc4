"""`python -m deployments.worker` carries cases until it is told to stop.

KEYLINE_WORKER_SLOT tells this machine's workers apart; KEYLINE_WORKER_THREADS says how many cases
one carries at a time. With words for one claimed flow run and the lease of its case it carries that
run alone and ends.
"""

import os
import socket
import sys
from functools import partial
from uuid import uuid4

from deployments.worker.alone import LoneRun, carry_alone
from deployments.worker.process import ProcessName, WorkerProcess, WorkerSetup
from services.bootstrap import neighbours, settings
from services.casework.document_builders.registry import WORKS
from services.casework.engine.periodic_jobs import run_periodic_jobs
from services.orchestration.deployment_registry import server_from_environment
from services.orchestration.log_config import configure_logging
from tasks.run import RunSetup

THREADS = 4
ALONE = (sys.executable, "-P", "-m", "deployments.worker")


def main() -> None:
    """Run a worker with the neighbours that the environment names."""
    around = neighbours()
    life = uuid4().hex[:8]
    name = ProcessName(socket.gethostname(), os.environ.get("KEYLINE_WORKER_SLOT", "1"), life)
    setup = WorkerSetup(
        name=name,
        around=around,
        works=WORKS,
        client=server_from_environment(),
        database_url=settings().database_url.get_secret_value(),
        run_jobs=partial(run_periodic_jobs, around),
        alone=ALONE,
        threads=int(os.environ.get("KEYLINE_WORKER_THREADS", THREADS)),
    )
    WorkerProcess(setup).run()


def alone(words: list[str]) -> None:
    """Carry one claimed flow run for the worker that started this process."""
    run = LoneRun.of(words)
    carry_alone(server_from_environment(), run, RunSetup(neighbours(), WORKS))


if __name__ == "__main__":
    configure_logging()
    if len(sys.argv) > 1:
        alone(sys.argv[1:])
    else:
        main()
