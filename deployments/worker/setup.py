"""What a worker process is called, and what it works with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.casework.engine.work_runner import Around
from services.casework.job_context import JobHandlers
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
    """What a worker process works with; ``alone`` starts a process for one run of a suspect."""

    name: ProcessName
    around: Around
    handlers: JobHandlers
    client: PrefectClient
    listening_url: str
    run_jobs: Callable[[], None]
    alone: Sequence[str]
    threads: int
    step_time_limit: float = STEP_TIME_LIMIT
