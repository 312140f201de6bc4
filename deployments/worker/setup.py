"""What a worker process is called, and what it works with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.casework.engine.work_runner import Around
from services.casework.job_context import JobHandlers
from services.domain.identifiers import CaseId
from services.orchestration.prefect_client import PrefectClient
from services.orchestration.worker import STEP_TIME_LIMIT


@dataclass(frozen=True, slots=True)
class ProcessName:
    """A process by machine and slot, and by its life: the next life of a slot has another."""

    machine: str
    slot: str
    life: str

    @property
    def place(self) -> str:
        """Return what every life of this slot's process has in common."""
        return f"{self.machine}/{self.slot}/"

    def __str__(self) -> str:
        return f"{self.place}{self.life}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSetup:
    """What a worker process works with; ``alone`` starts a process for one run of a suspect.

    Of several ``processes`` each is the first to carry its part of the cases, by its slot.
    """

    name: ProcessName
    around: Around
    handlers: JobHandlers
    client: PrefectClient
    listening_url: str
    run_jobs: Callable[[], None]
    alone: Sequence[str]
    threads: int
    processes: int = 1
    step_time_limit: float = STEP_TIME_LIMIT

    def is_first(self, case_id: CaseId) -> bool:
        """Tell whether this process is the first to carry the case."""
        return self.processes == 1 or case_id.int % self.processes == int(self.name.slot) - 1
