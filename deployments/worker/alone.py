"""One claimed flow run in a process of its own, which ends when its parent does."""

import faulthandler
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread
from uuid import UUID

from prefect.client.schemas.objects import FlowRun

from deployments.worker import limits
from flows.incident import incident
from services.casework.engine.case_leases import CaseLease
from services.domain.identifiers import CaseId, PartnershipId
from services.orchestration.prefect_client import PrefectClient
from services.orchestration.run_control import RunControl
from services.orchestration.run_execution import execute, thread_context
from services.orchestration.worker import STEP_TIME_LIMIT
from tasks.run import RunSetup, set_up

_log = logging.getLogger("keyline.worker")


@dataclass(frozen=True, slots=True)
class LoneRun:
    """One claimed flow run, and the leases of its cases that the parent acquired."""

    run_id: UUID
    leases: tuple[CaseLease, ...]

    @staticmethod
    def of(words: Sequence[str]) -> "LoneRun":
        """Read it from the words that the parent starts the process with."""
        run_id, *rest = words
        leases = (
            CaseLease(
                PartnershipId(UUID(partnership_id)),
                CaseId(UUID(case_id)),
                int(token),
                is_alone=True,
            )
            for partnership_id, case_id, token in zip(*[iter(rest)] * 3, strict=True)
        )
        return LoneRun(UUID(run_id), tuple(leases))

    @property
    def words(self) -> list[str]:
        """Return it as the words to start the process with."""
        return [
            str(self.run_id),
            *(
                str(word)
                for lease in self.leases
                for word in (lease.partnership_id, lease.case_id, lease.token)
            ),
        ]


def carry_alone(
    client: PrefectClient,
    lone: LoneRun,
    setup: RunSetup,
    step_time_limit: float = STEP_TIME_LIMIT,
) -> None:
    """Execute the run and return at its end; a piece that takes too long ends the process."""
    _be_the_first_to_go()
    Thread(target=_die_with_the_parent, daemon=True).start()
    control = RunControl()
    run = FlowRun.model_validate(client.need("GET", f"/flow_runs/{lone.run_id}"))

    def carry() -> None:
        set_up(replace(setup, control=control, leases=lone.leases))
        with thread_context():
            execute(incident, run)

    carrying = Thread(target=carry, name="run-1", daemon=True)
    carrying.start()
    while carrying.is_alive():
        limits.end_if_stuck()
        carrying.join(1)
        if control.working_for() > step_time_limit:
            _log.error("A piece of work took longer than any may; its process ends.")
            limits.end_overdue()
    faulthandler.cancel_dump_traceback_later()


def _be_the_first_to_go() -> None:
    """Have the kernel choose this process first when the machine runs out of memory."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def _die_with_the_parent() -> None:
    """End when the parent does, which holds the other end of the standard input."""
    sys.stdin.read()
    os._exit(limits.PARENT_IS_GONE)
