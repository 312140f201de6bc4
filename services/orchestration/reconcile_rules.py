"""What to do when the record and the flow engine do not say the same of a case."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from services.domain.case_run import CaseRun
from services.orchestration import FOR_GOOD, Run, RunState, tags_of

STALE_AFTER = 12.0
_OVER = FOR_GOOD | {RunState.CANCELLING}
_DELAYS = (0.0, 2.0, 10.0, 60.0, 300.0)


class RunAction(StrEnum):
    """What brings the two together again."""

    NOTHING = "nothing"
    START = "start the attempt's flow run"
    NEXT_ATTEMPT = "start the next attempt's flow run"
    WAKE = "wake the flow run"
    RESCHEDULE = "call its process lost and schedule it again"
    END_CANCELLING = "end the cancelling that nobody carries out"
    KEEP_ENDED = "keep that it ended"
    CLEAR_LEASE = "clear the lease of a process that died"


def choose_action(case: CaseRun, run: Run | None, unchanged: float) -> RunAction:
    """Choose the action; ``unchanged`` says for how many seconds the run has looked like this."""
    if case.flow_run_id is None:
        return RunAction.START
    if run is None:
        return RunAction.NEXT_ATTEMPT
    return _CHOICES[run.state](case, unchanged)


def is_to_be_tagged(case: CaseRun, run: Run) -> bool:
    """Tell whether an open run names other partnerships than the record.

    One that has ended keeps the names of all whose run it was.
    """
    is_open = run.state not in _OVER and not case.closed
    return is_open and run.tags != tags_of(case.partnerships)


def _resting(case: CaseRun, _unchanged: float) -> RunAction:
    is_to_end = case.closed and not case.ended and not case.has_undone_work
    if case.has_due_work or is_to_end:
        return RunAction.WAKE
    return RunAction.CLEAR_LEASE if case.holder_died else RunAction.NOTHING


def _under_way(case: CaseRun, unchanged: float) -> RunAction:
    is_orphan = not case.is_leased and unchanged > STALE_AFTER
    return RunAction.RESCHEDULE if is_orphan else RunAction.NOTHING


def _lost(_case: CaseRun, _unchanged: float) -> RunAction:
    return RunAction.RESCHEDULE


def _completed(case: CaseRun, _unchanged: float) -> RunAction:
    if not case.closed or case.has_due_work:
        return RunAction.NEXT_ATTEMPT
    return RunAction.NOTHING if case.ended else RunAction.KEEP_ENDED


def _cancelling(case: CaseRun, unchanged: float) -> RunAction:
    is_left = not case.is_leased and unchanged > STALE_AFTER
    return RunAction.END_CANCELLING if is_left else RunAction.NOTHING


def _gone(case: CaseRun, _unchanged: float) -> RunAction:
    return RunAction.NOTHING if case.ended else RunAction.NEXT_ATTEMPT


def _waiting_for_a_worker(_case: CaseRun, _unchanged: float) -> RunAction:
    return RunAction.NOTHING


_CHOICES: dict[RunState, Callable[[CaseRun, float], RunAction]] = {
    RunState.SCHEDULED: _waiting_for_a_worker,
    RunState.PENDING: _under_way,
    RunState.RUNNING: _under_way,
    RunState.PAUSED: _resting,
    RunState.COMPLETED: _completed,
    RunState.FAILED: _lost,
    RunState.CRASHED: _lost,
    RunState.CANCELLING: _cancelling,
    RunState.CANCELLED: _gone,
}


@dataclass(slots=True)
class RunObserver:
    """How long each run has looked the same, and how often it was begun again without success.

    Kept in memory and by a steady clock: neither another machine's clock nor a restart of the
    reconciler can make a run look stale.
    """

    clock: Callable[[], float]
    _since: dict[UUID, tuple[str, float]] = field(default_factory=dict)
    _again: dict[UUID, int] = field(default_factory=dict)

    def unchanged(self, run: Run) -> float:
        """Return for how many seconds this watcher has seen the run as it is now."""
        mark, since = self._since.get(run.id, ("", 0.0))
        if mark != run.mark:
            since = self.clock()
            self._since[run.id] = (run.mark, since)
        if run.state in {RunState.PAUSED, RunState.COMPLETED}:
            self._again.pop(run.id, None)
        return self.clock() - since

    def delay(self, run_id: UUID) -> float:
        """Return how long to wait before this run is begun again: longer each time in a row."""
        times = self._again.get(run_id, 0)
        self._again[run_id] = times + 1
        return _DELAYS[min(times, len(_DELAYS) - 1)]

    def forget(self, run_id: UUID) -> None:
        """Forget a run that has ended."""
        self._since.pop(run_id, None)
        self._again.pop(run_id, None)
