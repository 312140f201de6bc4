"""The worker's process over a toy record: all of it real but the pieces of work."""

import os
import signal
import sys
import time
from functools import partial
from uuid import uuid4

from sqlalchemy import text

from deployments.worker.alone import LoneRun, carry_alone
from deployments.worker.process import WorkerProcess
from deployments.worker.setup import ProcessName, WorkerSetup
from services.casework.job_context import JobContext, JobHandlers, Link
from services.database.unit_of_work import UnitOfWork
from services.orchestration.deployment_registry import server_from_environment
from services.orchestration.log_config import configure_logging
from tasks.run import RunSetup
from tests.carried_cases import Toy, ToyNeighbours, toy, write_toy

RECORD = "TOY_RECORD"
LIMIT = float(os.environ.get("TOY_STEP_TIME_LIMIT", "60"))


def handle_toy(context: JobContext, order: Toy) -> Link:
    """Do toy work; by its name it is slow, waits at a gate, kills the process or never ends."""
    match order.name:
        case "gated":
            return partial(wait_at_the_gate, context, order)
        case "slow":  # so that some are always in hand
            time.sleep(0.3)
        case "kills":  # as a fault in native code would
            os.kill(os.getpid(), signal.SIGKILL)
        case "never ends":  # longer than any piece of work may last
            time.sleep(600)
    return toy(context, order)


def wait_at_the_gate(context: JobContext, order: Toy, work: UnitOfWork) -> None:
    """Write, then wait at a gate that the test holds shut."""
    write_toy(context, order, work)
    work.session.execute(text("set local lock_timeout = 0"))
    work.session.execute(text("set local statement_timeout = 0"))
    work.session.execute(text("notify at_the_gate"))
    gate = {"case": str(context.case_id)}
    work.session.execute(text("select pg_advisory_xact_lock_shared(hashtext(:case))"), gate)


HANDLERS: JobHandlers = {Toy: handle_toy}


def main() -> None:
    """Run the worker until it is told to stop."""
    around = ToyNeighbours(os.environ[RECORD])
    setup = WorkerSetup(
        name=ProcessName("toys", os.environ["KEYLINE_WORKER_SLOT"], uuid4().hex[:8]),
        around=around,
        handlers=HANDLERS,
        client=server_from_environment(),
        listening_url=around.url,
        run_jobs=lambda: None,
        alone=(sys.executable, "-m", "tests.orchestration.toy_worker"),
        threads=4,
        processes=2,  # as it ships: each is the first for its part, and takes what the other leaves
        step_time_limit=LIMIT,
    )
    WorkerProcess(setup).run()


def alone(words: list[str]) -> None:
    """Carry one claimed flow run for the worker that started this process."""
    setup = RunSetup(ToyNeighbours(os.environ[RECORD]), HANDLERS)
    carry_alone(server_from_environment(), LoneRun.of(words), setup, LIMIT)


if __name__ == "__main__":
    configure_logging()
    if len(sys.argv) > 1:
        alone(sys.argv[1:])
    else:
        main()
