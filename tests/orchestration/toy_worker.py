"""The worker's process over a toy record: all of it real but the pieces of work."""

import os
import signal
import sys
import time
from uuid import uuid4

from sqlalchemy import text

from deployments.worker.alone import LoneRun, carry_alone
from deployments.worker.process import ProcessName, WorkerProcess, WorkerSetup
from services.domain.steps import Step
from services.orchestration.deployment_registry import server_from_environment
from services.orchestration.log_config import configure_logging
from tasks.run import RunSetup
from tests.carried_cases import TOY_WORKS, ToyNeighbours, toy

RECORD = "TOY_RECORD"
LIMIT = float(os.environ.get("TOY_STEP_TIME_LIMIT", "60"))


def gated(step: Step):
    """Make a piece of work that writes, then waits at a gate that the test holds shut."""
    write = toy(step, "gated")

    def work_on(work, tools, case_id, subject):
        write(work, tools, case_id, subject)
        work.session.execute(text("set local lock_timeout = 0"))
        work.session.execute(text("set local statement_timeout = 0"))
        work.session.execute(text("notify at_the_gate"))
        work.session.execute(
            text("select pg_advisory_xact_lock_shared(hashtext(:case))"), {"case": str(case_id)}
        )

    return work_on


def kills(_work, _tools, _case_id, _subject):
    """End the process as a fault in native code would."""
    os.kill(os.getpid(), signal.SIGKILL)


def never_ends(_work, _tools, _case_id, _subject):
    """Go on for longer than any piece of work may."""
    time.sleep(600)


def slow(step: Step):
    """Make a piece of work that takes a moment, so that some are always in hand."""
    write = toy(step, "slow")

    def work_on(work, tools, case_id, subject):
        time.sleep(0.3)
        write(work, tools, case_id, subject)

    return work_on


WORKS = {
    **TOY_WORKS,
    **{(step, "gated"): gated(step) for step in Step},
    **{(step, "slow"): slow(step) for step in Step},
    **{(step, "kills"): kills for step in Step},
    **{(step, "never ends"): never_ends for step in Step},
}


def main() -> None:
    """Run the worker until it is told to stop."""
    around = ToyNeighbours(os.environ[RECORD])
    setup = WorkerSetup(
        name=ProcessName("toys", os.environ["KEYLINE_WORKER_SLOT"], uuid4().hex[:8]),
        around=around,
        works=WORKS,
        client=server_from_environment(),
        database_url=around.url,
        run_jobs=lambda: None,
        alone=(sys.executable, "-m", "tests.orchestration.toy_worker"),
        threads=4,
        step_time_limit=LIMIT,
    )
    WorkerProcess(setup).run()


def alone(words: list[str]) -> None:
    """Carry one claimed flow run for the worker that started this process."""
    setup = RunSetup(ToyNeighbours(os.environ[RECORD]), WORKS)
    carry_alone(server_from_environment(), LoneRun.of(words), setup, LIMIT)


if __name__ == "__main__":
    configure_logging()
    if len(sys.argv) > 1:
        alone(sys.argv[1:])
    else:
        main()
