"""A flow engine that only remembers: for tests, and for a platform without Prefect."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from services.domain.case_run import CaseRun
from services.domain.errors import PrefectUnavailable
from services.domain.identifiers import CaseId
from services.domain.workflow import StepStanding
from services.orchestration import FOR_GOOD, Run, RunState, end_of_run, key_of, tags_of

_ATTEMPTS = range(20)


def run_id_of(case_id: CaseId, attempt: int) -> UUID:
    """Return the id of the run of a case's attempt."""
    return uuid5(NAMESPACE_OID, key_of(case_id, attempt))


@dataclass
class MemoryFlows:
    """Flow runs in a dictionary; ``is_away`` makes it silent."""

    known: dict[UUID, Run] = field(default_factory=dict)
    shown: dict[UUID, tuple[StepStanding, ...]] = field(default_factory=dict)
    is_away: bool = False

    def start(self, case: CaseRun) -> UUID:
        """Make sure that the case's attempt has a flow run; asking twice makes one."""
        self._answer()
        run_id = run_id_of(case.case_id, case.attempt)
        if run_id not in self.known:
            tags = tags_of(case.partnerships)
            self.known[run_id] = Run(run_id, RunState.SCHEDULED, "Scheduled", "", uuid4().hex, tags)
        return run_id

    def runs(self, ids: Collection[UUID]) -> Mapping[UUID, Run]:
        """Return those of the flow runs that exist."""
        self._answer()
        return {one: self.known[one] for one in ids if one in self.known}

    def resume(self, run_id: UUID) -> bool:
        """Wake a resting flow run; tell whether it was resting."""
        self._answer()
        if self.known[run_id].state is not RunState.PAUSED:
            return False
        self.becomes(run_id, RunState.SCHEDULED)
        return True

    def reschedule(self, run_id: UUID, delay: float = 0.0) -> bool:
        """Call the run's process lost and schedule the same run again."""
        self._answer()
        del delay
        self.becomes(run_id, RunState.SCHEDULED)
        return True

    def cancel(self, run_id: UUID, because: str = "") -> bool:
        """End a run that nobody will end any more; tell whether it was known."""
        self._answer()
        if run_id not in self.known:
            return False
        self.becomes(run_id, RunState.CANCELLED)
        self.known[run_id] = replace(self.known[run_id], detail=because)
        return True

    def end_continued(self, run_id: UUID, goes_on_in: UUID | None) -> None:
        """End an open run whose case goes on in another, or in the next attempts of each side."""
        self._answer()
        if run_id in self.known and self.known[run_id].state not in FOR_GOOD:
            self.becomes(run_id, RunState.COMPLETED)
            name, detail = end_of_run(goes_on_in)
            self.known[run_id] = replace(self.known[run_id], name=name, detail=detail)

    def tag(self, run_id: UUID, tags: Collection[str]) -> None:
        """Replace the run's tags by this whole list."""
        self._answer()
        self.known[run_id] = replace(self.known[run_id], tags=frozenset(tags))

    def forget(self, case_ids: Collection[CaseId]) -> int:
        """Forget every run of these cases; return how many there were."""
        self._answer()
        ours = {run_id_of(case_id, number) for case_id in case_ids for number in _ATTEMPTS}
        gone = ours & self.known.keys()
        for run_id in gone:
            del self.known[run_id]
            self.shown.pop(run_id, None)
        return len(gone)

    def show(self, standings: Mapping[UUID, Sequence[StepStanding]]) -> None:
        """Remember how each step of these runs stands."""
        self._answer()
        self.shown |= {run_id: tuple(steps) for run_id, steps in standings.items()}

    def page_of(self, run_id: UUID) -> str:
        """Return an address that leads nowhere."""
        return f"memory:/runs/flow-run/{run_id}"

    def becomes(self, run_id: UUID, state: RunState) -> None:
        """Change a run's state as its process or an operator would."""
        known = self.known[run_id]
        self.known[run_id] = replace(known, state=state, name=state.value.title(), mark=uuid4().hex)

    def _answer(self) -> None:
        if self.is_away:
            raise PrefectUnavailable("Prefect did not answer.")
