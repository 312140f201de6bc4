"""One worker process: threads that carry runs, and the loops that keep the record and Prefect one.

A process of threads gives up what a process for each run had: it dies as a whole, and nothing
stops a thread. So it is named by machine and slot and gives back at its start what its former life
held; an attempt is counted before it begins; and a piece of work that takes too long ends the
process, which its supervisor starts again.
"""

import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic

from deployments.worker import limits
from deployments.worker.loops import ReconcilerLoop, repeat
from deployments.worker.run_carrier import RunCarrier
from deployments.worker.setup import WorkerSetup
from services.bootstrap import wall_clock
from services.casework.engine.case_leases import release_all, suspect
from services.casework.engine.disposed_runs import forget_in_turn
from services.casework.engine.reconciler import Reconciler
from services.domain.errors import Unavailable
from services.domain.identifiers import CaseId
from services.orchestration.pg_listener import Listener
from services.orchestration.prefect_flows import PrefectFlows
from services.orchestration.worker import Worker

FORGETS_EVERY = 60.0

_log = logging.getLogger("keyline.worker")


@dataclass(slots=True)
class WorkerProcess:
    """The threads of one process and what binds them together."""

    setup: WorkerSetup
    is_over: Event = field(default_factory=Event)
    worker: Worker = field(init=False)
    reconciler: Reconciler = field(init=False)
    loop: ReconcilerLoop = field(init=False)

    def __post_init__(self) -> None:
        setup = self.setup
        flows = PrefectFlows(setup.client)
        self.reconciler = Reconciler(setup.around, flows, monotonic, self._call)
        self.loop = ReconcilerLoop(
            reconciler=self.reconciler,
            engine=setup.around.engine,
            name=str(setup.name),
            is_over=self.is_over,
        )
        carrier = RunCarrier(setup, self.reconciler.reschedule, self._is_stopping)
        self.worker = Worker(
            name=f"{setup.name.machine}-{setup.name.slot}",
            client=setup.client,
            cases=self.reconciler,
            pool=carrier.pool(),
            now=wall_clock,
            is_first=setup.is_first,
            on_turn=limits.end_if_stuck,
            on_resting=self.loop.notice,
            on_overdue=self._end_overdue,
            step_time_limit=setup.step_time_limit,
        )

    def run(self) -> None:
        """Carry cases until the process is told to stop, then let what runs come to its rest."""
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: self.worker.stop())
        listener = Listener(
            url=self.setup.listening_url,
            on_case=self.worker.hear,
            on_rested=self._keep_rested,
            on_scheduled=self.worker.poll,
            on_connect=self._look_at_everything,
        )
        self._start("listener", lambda: listener.listen(self.is_over))
        self._start("former life", self._give_back_former_life)
        self._start("reconciler", self.loop.repeat)
        self._start("disposed runs", self._forget_disposed_runs)
        self._start("jobs", lambda: repeat("The periodic jobs", self.setup.run_jobs, self.is_over))
        _log.info("Carrying cases as %s.", self.setup.name)
        self.worker.work()
        self._stop()

    def _start(self, name: str, what: Callable[[], None]) -> None:
        Thread(target=what, name=name, daemon=True).start()

    def _call(self, case_id: CaseId) -> None:
        self.worker.call(case_id)

    def _keep_rested(self, case_id: CaseId) -> None:
        """Have it shown how the steps of a case stand that was carried to its rest."""
        self.worker.drop(case_id)
        self.loop.notice(case_id)

    def _is_stopping(self) -> bool:
        return self.worker.is_over.is_set()

    def _forget_disposed_runs(self) -> None:
        around, flows = self.setup.around, self.reconciler.flows
        what = "The look for runs of disposed cases"
        repeat(what, lambda: forget_in_turn(around, flows), self.is_over, FORGETS_EVERY)

    def _look_at_everything(self) -> None:
        self.worker.poll()
        self.loop.notice(None)

    def _give_back_former_life(self) -> None:
        """Release what the slot's last process held when it died, and schedule its runs again."""
        around, name, held = self.setup.around, self.setup.name, []
        while not self.is_over.is_set():
            with suppress(Unavailable):
                held += release_all(around, name.place, was_lost=True, but_not=str(name))
                self.reconciler.reschedule(held)
                return
            self.is_over.wait(1)

    def _end_overdue(self, cases: list[CaseId]) -> None:
        """End the process: a thread that does not come back cannot be stopped otherwise.

        Only the cases that take too long are suspected; the others are given back as they were.
        """
        _log.error("Work on %s takes longer than any may; the process ends.", cases)
        with suppress(Unavailable):
            suspect(self.setup.around, cases, str(self.setup.name))
            self._give_back()
        limits.end_overdue()

    def _stop(self) -> None:
        with suppress(Unavailable):
            self._give_back()
        self.is_over.set()
        limits.end_well(are_threads_left=bool(self.worker.pool.carried()))

    def _give_back(self) -> None:
        held = release_all(self.setup.around, str(self.setup.name), was_lost=False)
        self.reconciler.reschedule(held)
