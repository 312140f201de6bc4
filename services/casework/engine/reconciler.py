"""How the record and the flow engine are kept together: wakes, repairs, and what operators see."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from services.casework.engine import case_leases
from services.casework.engine.case_leases import Holder, clear_expired
from services.casework.engine.progress import on_record_of_run
from services.casework.engine.transactions import acting, translated
from services.casework.engine.work_runner import Around
from services.database import due_work, leases, watch
from services.database.cases import get_case
from services.database.watch import Member, SharedRunOver
from services.domain.case_run import CaseRun
from services.domain.identifiers import CaseId
from services.domain.progress import standings
from services.domain.workflow import StepStanding
from services.observability.metrics import FLOW_RUNS_WOKEN
from services.orchestration import CONTINUED, SHARED_PART_ENDED, Flows, Run, RunState, tags_of
from services.orchestration.reconcile_rules import (
    RunAction,
    RunObserver,
    choose_action,
    is_to_be_tagged,
)

ONE_ROUND = 20
A_ROUND_EVERY = 5.0
LOOKS_AGAIN_AFTER = 120.0
_SCHEDULES = frozenset({RunAction.NEXT_ATTEMPT, RunAction.RESCHEDULE})
_LEFT_TO_WORKERS = frozenset({RunAction.NOTHING, RunAction.START, RunAction.WAKE})
_NO_CASE = UUID(int=0)
_ENDING = Holder("reconciler")

_log = logging.getLogger("keyline.reconciler")


@dataclass(frozen=True, slots=True)
class ShownSteps:
    """How a run's steps were last shown: under which state of the run, and when that was read."""

    steps: tuple[StepStanding, ...]
    mark: str
    at: float


@dataclass(slots=True)
class Reconciler:
    """One look after another at the cases; the record decides, whatever the engine says.

    Several may work at once, in several processes: each choose_action can be applied twice.
    """

    around: Around
    flows: Flows
    clock: Callable[[], float]
    call_worker: Callable[[CaseId], None] = lambda _case_id: None
    _observer: RunObserver = field(init=False)
    _last: UUID = _NO_CASE
    _next_round: float = float("-inf")
    _shown: dict[UUID, ShownSteps] = field(default_factory=dict)
    _over: set[UUID] = field(default_factory=set)
    _has_acted: bool = False

    def __post_init__(self) -> None:
        self._observer = RunObserver(self.clock)

    def case_of(self, case_id: CaseId) -> CaseRun | None:
        """Return the case whose run carries this one: itself, or the one that leads its review."""
        with translated():
            return watch.case_of(self.around.engine, case_id)

    def cases_of(self, case_ids: Collection[CaseId]) -> Sequence[CaseRun]:
        """Return for each case, in their order, the one whose run carries it."""
        with translated():
            return watch.cases_of(self.around.engine, case_ids)

    def wake(self, case_id: CaseId) -> bool:
        """Have the case's flow run scheduled if there is work and no other process does it.

        Tell whether it was scheduled.
        """
        case = self.case_of(case_id)
        if case is None or not case.is_to_be_woken:
            return False
        with acting(self.around, case.tenant_id) as work:
            if not leases.claim_wake(work, case.case_id):
                return False
        if case.flow_run_id is None:
            self._start(case)
            return True
        is_resumed = self.flows.resume(case.flow_run_id)
        FLOW_RUNS_WOKEN.labels("resumed" if is_resumed else "not_resting").inc()
        return is_resumed

    def reschedule(self, case_ids: Iterable[CaseId]) -> None:
        """Schedule again, without waiting, the runs of cases whose process is known to be gone."""
        cases = self.cases_of(list(case_ids))
        free = {case.flow_run_id: case for case in cases if case.flow_run_id and not case.is_leased}
        for run_id, run in self.flows.runs(free).items():
            if run.state in {RunState.PENDING, RunState.RUNNING}:
                self.flows.reschedule(run_id)
                FLOW_RUNS_WOKEN.labels("rescheduled").inc()
                self._have_it_claimed(free[run_id])

    def run_once(self, noticed: Iterable[CaseId] = ()) -> None:
        """Bring together what has come apart, and show how the steps of these cases stand.

        Besides the cases that need it now and those that were noticed, every few seconds a look
        takes some of all the others, so that every case comes round. Runs whose case another run
        carries are ended last: by then that run is there. A shared run whose joint part has ended
        is ended first, so that its case is seen to need the next attempt.
        """
        noticed = set(noticed)
        with translated():
            cases = {case.case_id: case for case in self._next_few()}
            seen = watch.look(self.around.engine, noticed)
            if self._end_what_was_shared(seen.over):
                seen = watch.look(self.around.engine, noticed)
        cases |= seen.cases
        runs = self.flows.runs([case.flow_run_id for case in cases.values() if case.flow_run_id])
        self._has_acted = False
        to_show = []
        for case in cases.values():
            run = self._bring_together(case, runs)
            if run is not None and (case.case_id in seen.cases or self._is_to_be_read_again(run)):
                to_show.append((case, run))
        self._show(to_show)
        if seen.to_end or self._has_acted:
            self._end_continued()

    def _end_continued(self) -> None:
        """End the runs that rest and whose case another run carries now, and keep that it does.

        The record says so before: to the engine alone such a run would look like one that is lost.
        """
        with translated():
            over = watch.runs_to_end(self.around.engine)
        for one in over:
            self._end(one.case_id, one.run_id, one.goes_on_in)

    def _end_what_was_shared(self, over: Iterable[SharedRunOver]) -> bool:
        """End the shared runs that rest and carried what has ended; each keeps all its names.

        Tell whether there was any.
        """
        self._over = {one.run_id for one in over}
        ended = [self._end(one.case_id, one.run_id, None) for one in over if one.is_resting]
        return any(ended)

    def _end(self, case_id: CaseId, run_id: UUID, goes_on_in: UUID | None) -> bool:
        """End a run under its case's lease, and keep that it is over; tell whether it was ended.

        No pass of it begins meanwhile. One that has begun is left to come to its rest, and one
        that was claimed before finds that its run is over.
        """
        lease = case_leases.acquire(self.around, case_id, _ENDING)
        if lease is None:
            return False
        try:
            self.flows.end_continued(run_id, goes_on_in)
            with acting(self.around, lease.partnership_id) as work:
                leases.mark_continued(work, case_id, run_id)
        finally:
            case_leases.release(self.around, lease)
        end = "in the run of its joint review" if goes_on_in else "alone: the joint part has ended"
        _log.info("Case %s goes on %s.", case_id, end)
        self._forget(run_id)
        return True

    def _next_few(self) -> list[CaseRun]:
        if self.clock() < self._next_round:
            return []
        self._next_round = self.clock() + A_ROUND_EVERY
        few = list(watch.cases_after(self.around.engine, self._last, ONE_ROUND))
        self._last = few[-1].case_id if len(few) == ONE_ROUND else _NO_CASE
        return few

    def _bring_together(self, case: CaseRun, runs: Mapping[UUID, Run]) -> Run | None:
        """Do what the case's run needs; return the run if its steps may be shown now."""
        run = runs.get(case.flow_run_id) if case.flow_run_id else None
        chosen = choose_action(case, run, self._observer.unchanged(run) if run else 0.0)
        self._has_acted |= chosen is not RunAction.NOTHING
        if chosen not in _LEFT_TO_WORKERS:
            _log.info("Case %s: %s.", case.case_id, chosen)
        self._apply(chosen, case)
        if chosen is RunAction.NEXT_ATTEMPT and case.shared_with:
            self._end_continued()  # the run of a former lead, before the new one is begun
        if chosen in _SCHEDULES:
            self._have_it_claimed(case)
        if run is None or chosen is RunAction.NEXT_ATTEMPT:
            return None  # what a run that is over shows stays as it was
        if run.id not in self._over and is_to_be_tagged(case, run):
            self.flows.tag(run.id, tags_of(case.partnerships))
        return run if not case.is_leased and self._is_worth_showing(run) else None

    def _apply(self, chosen: RunAction, case: CaseRun) -> None:
        run_id = case.flow_run_id or _NO_CASE
        match chosen:
            case RunAction.START | RunAction.WAKE:
                self.call_worker(case.case_id)
            case RunAction.NEXT_ATTEMPT:
                self._start(replace(case, attempt=case.attempt + 1))
            case RunAction.RESCHEDULE:
                self.flows.reschedule(run_id, self._observer.delay(run_id))
            case RunAction.END_CANCELLING:
                self.flows.cancel(run_id)
            case RunAction.KEEP_ENDED | RunAction.CLEAR_LEASE | RunAction.NOTHING:
                self._keep(chosen, case)

    def _start(self, case: CaseRun) -> None:
        """Have the attempt's flow run made, and link it, unless another was linked meanwhile."""
        run_id = self.flows.start(case)
        FLOW_RUNS_WOKEN.labels("started").inc()
        with acting(self.around, case.tenant_id) as work:
            row = get_case(work.session, case.case_id, for_change=True)
            if row.flow_run_id == case.flow_run_id:
                row.flow_run_id, row.flow_attempt = run_id, case.attempt
                work.session.add(row)

    def _keep(self, chosen: RunAction, case: CaseRun) -> None:
        """Keep in the record what was seen of a run, if anything is to be kept."""
        if chosen is RunAction.NOTHING:
            return
        if chosen is RunAction.CLEAR_LEASE:
            clear_expired(self.around, case.case_id)
            return
        with acting(self.around, case.tenant_id) as work:
            leases.mark_ended(work, case.case_id)
        if case.flow_run_id:
            self._forget(case.flow_run_id)

    def _forget(self, run_id: UUID) -> None:
        self._observer.forget(run_id)
        self._shown.pop(run_id, None)

    def _have_it_claimed(self, case: CaseRun) -> None:
        """Have the workers claim at once what was scheduled, wherever they are."""
        with acting(self.around, case.tenant_id) as work:
            due_work.call_workers(work)

    def _is_worth_showing(self, run: Run) -> bool:
        """Tell whether the run stands still, or was never shown; one under way shows itself."""
        if run.name in {CONTINUED, SHARED_PART_ENDED}:
            return False
        return run.state in {RunState.PAUSED, RunState.COMPLETED} or run.id not in self._shown

    def _is_to_be_read_again(self, run: Run) -> bool:
        """Tell whether a case that nobody spoke of is to be read for how its steps stand.

        Each act notifies, so the round reads a case only when its run has changed, and now and
        then in case a notification was lost or the partnership was paused.
        """
        shown = self._shown.get(run.id)
        if shown is None or shown.mark != run.mark:
            return True
        return self.clock() >= shown.at + LOOKS_AGAIN_AFTER

    def _members(self, case: CaseRun) -> Sequence[Member]:
        """Return the cases that the run carries; one that nobody joined is known without asking."""
        if not case.shared_with:
            return [Member(case.tenant_id, case.case_id)]
        with translated():
            return watch.members_of(self.around.engine, case.case_id)

    def _show(self, cases: Iterable[tuple[CaseRun, Run]]) -> None:
        """Show how the steps stand where that or the run has changed since it was last shown."""
        seen = {run.id: self._standing_now(case, run) for case, run in cases}
        self.flows.show(
            {run_id: now.steps for run_id, now in seen.items() if self._is_new(run_id, now)}
        )
        self._shown |= seen

    def _standing_now(self, case: CaseRun, run: Run) -> ShownSteps:
        on_record = on_record_of_run(self.around, self._members(case))
        return ShownSteps(standings(on_record), run.mark, self.clock())

    def _is_new(self, run_id: UUID, now: ShownSteps) -> bool:
        before = self._shown.get(run_id)
        return before is None or (before.steps, before.mark) != (now.steps, now.mark)
