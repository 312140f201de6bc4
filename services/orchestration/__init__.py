"""How the case's flow run is started, woken, watched and shown: the port to the flow engine.

Traps of this room:
- Prefect drives and shows, our record decides: every answer from here may be stale or missing.
- A resume that comes too early is refused and lost; whoever asks looks again.
- RUNNING is no lock: two processes can run one run. The lease in our database is the lock.
- Only Prefect's public names are used. What it does and nowhere promises is named, one test
  each, in `tests/orchestration/test_what_prefect_promises.py`.
- A run's queue can never be changed, and its tags are replaced as a whole.
- Ending a run leaves its task runs waiting for ever, and cancelling it cancels them: the task runs
  of a run that goes on elsewhere are ended before it, and neither is ever cancelled.
- Nothing leaves for Prefect but ids, step names and counts.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

from services.domain.case_run import CaseRun
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.workflow import StepStanding

CONTINUED: Final = "Continued in the joint review"
"""The state in which a run ends whose case another run carries from now on."""


SECOND: Final = "second"
"""The tag of a run that was started by hand beside ours, and was ended."""


SHARED_PART_ENDED: Final = "Joint part ended"
"""The state in which a shared run ends when what it carried together has ended."""


class RunState(StrEnum):
    """What the flow engine says of a flow run."""

    SCHEDULED = "SCHEDULED"
    PENDING = "PENDING"
    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CRASHED = "CRASHED"
    CANCELLING = "CANCELLING"
    CANCELLED = "CANCELLED"


FOR_GOOD: Final = frozenset({RunState.COMPLETED, RunState.CANCELLED})
"""A run that stands so is never begun again; a failed or crashed one is."""

ENDED: Final = FOR_GOOD | {RunState.FAILED, RunState.CRASHED}


@dataclass(frozen=True, slots=True)
class Run:
    """One flow run as the engine shows it; the mark changes with every change of state."""

    id: UUID
    state: RunState
    name: str
    detail: str
    mark: str
    tags: frozenset[str] = frozenset()


def key_of(case_id: CaseId, attempt: int) -> str:
    """Return the key under which the engine makes one run for the attempt, however often asked."""
    return f"case:{case_id}:{attempt}"


def name_of(case_id: CaseId) -> str:
    """Return the name of each of the case's runs."""
    return f"case-{case_id}"


def second_name(case_id: CaseId) -> str:
    """Return the name of a run that was started by hand beside the case's own, and was ended."""
    return f"{SECOND}-{case_id}"


def tags_of(partnerships: Sequence[PartnershipId]) -> frozenset[str]:
    """Return the whole list of a run's tags: every partnership whose run it is, and if several."""
    tenants = {f"tenant:{partnership_id}" for partnership_id in partnerships}
    return frozenset({"keyline", *tenants, *(("joint",) if len(tenants) > 1 else ())})


def end_of_run(goes_on_in: UUID | None) -> tuple[str, str]:
    """Return the name and the words with which a run ends that is nobody's any more."""
    if goes_on_in is None:
        return SHARED_PART_ENDED, "Each partnership goes on alone, in the next attempt of its own."
    return CONTINUED, f"It goes on in flow run {goes_on_in}."


class Flows(Protocol):
    """What casework asks of the flow engine; each raises PrefectUnavailable when it is away."""

    def start(self, case: CaseRun) -> UUID:
        """Make sure that the case's attempt has a flow run, and return its id."""
        ...

    def runs(self, ids: Collection[UUID]) -> Mapping[UUID, Run]:
        """Return those of the flow runs that exist."""
        ...

    def resume(self, run_id: UUID) -> bool:
        """Wake a resting flow run; tell whether it was resting."""
        ...

    def reschedule(self, run_id: UUID, delay: float = 0.0) -> bool:
        """Call the run's process lost and schedule the same run again."""
        ...

    def cancel(self, run_id: UUID, because: str = ...) -> bool:
        """End a run that nobody will end any more; tell whether it was known."""
        ...

    def end_continued(self, run_id: UUID, goes_on_in: UUID | None) -> None:
        """End an open run whose case goes on in another: what it was waiting for first, then it.

        With none named, each side of a joint review goes on in the next attempt of its own.
        """
        ...

    def tag(self, run_id: UUID, tags: Collection[str]) -> None:
        """Replace the run's tags by this whole list."""
        ...

    def forget(self, case_ids: Collection[CaseId]) -> int:
        """Delete every run of these cases with all that is kept of it; return how many there were.

        For cases that are on record no more: a run whose case is there would be begun again.
        """
        ...

    def show(self, standings: Mapping[UUID, Sequence[StepStanding]]) -> None:
        """Let operators see how each step of these runs stands; change only what differs."""
        ...

    def page_of(self, run_id: UUID) -> str:
        """Return the address of the run's page in the engine's own screen."""
        ...
