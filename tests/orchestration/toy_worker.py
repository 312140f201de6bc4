"""The worker's process over a toy record: the real worker, keeper, flow and tasks; toy works."""

import asyncio
import os
from threading import Thread
from time import monotonic

from sqlalchemy import text

from deployments.worker import Keeping, until_told_to_stop
from services.casework.engine.reconciler import Keeper
from services.casework.engine.work_runner import Holder
from services.domain.steps import Step
from services.orchestration.deployment_registry import server_from_environment
from services.orchestration.log_config import speak_plainly
from services.orchestration.prefect_flows import PrefectFlows
from services.orchestration.worker import Warmth
from tasks.carrying import Provided, provide
from tests.carried_cases import TOY_WORKS, ToyNeighbours, toy

RECORD = "TOY_RECORD"


def prepare() -> None:
    """Provide toys; called once in each new child."""
    works = {**TOY_WORKS, **{(step, "gated"): gated(step) for step in Step}}
    provide(
        Provided(
            ToyNeighbours(os.environ[RECORD]), works, Holder(f"toys/{os.getpid()}/", is_alone=True)
        )
    )


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


def main() -> None:
    """Run the worker until it is told to stop."""
    speak_plainly()
    server = server_from_environment()
    around = ToyNeighbours(os.environ[RECORD])
    keeping = Keeping(Keeper(around, PrefectFlows(server), monotonic), lambda: None)
    Thread(target=keeping.go_on, name="keeper", daemon=True).start()
    warmth = Warmth(
        listens_to=around.url,
        wake=keeping.keeper.wake,
        notice=keeping.notice,
        prepare="tests.orchestration.toy_worker:prepare",
    )
    asyncio.run(until_told_to_stop(warmth, server))
    keeping.is_over.set()


if __name__ == "__main__":
    main()
