"""One worker process: threads that carry runs, and the loops that keep the record and Prefect one.

A process of threads gives up what a process for each run had: it dies as a whole, and nothing
stops a thread. So it is named by machine and slot and gives back at its start what its former life
held; an attempt is counted before it begins; and a piece of work that takes too long ends the
process, which its supervisor starts again.
"""

import faulthandler
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic

from deployments.worker.limits import OVERDUE, STUCK_AFTER
from deployments.worker.loops import ReconcilerLoop, repeat
from flows.incident import incident
from services.bootstrap import wall_clock
from services.casework.engine.reconciler import Reconciler
from services.casework.engine.work_runner import (
    Around,
    CaseLease,
    Holder,
    acquire,
    count_loss,
    release_all,
    renew,
    suspect,
)
from services.casework.job_context import JobHandlers
from services.domain.errors import Unavailable
from services.domain.identifiers import CaseId
from services.orchestration.lone_process import LoneEnd, LoneProcess
from services.orchestration.pg_listener import Listener
from services.orchestration.prefect_client import PrefectClient
from services.orchestration.prefect_flows import PrefectFlows
from services.orchestration.run_execution import claim, execute, thread_context
from services.orchestration.run_pool import CarriedRun, RunPool
from services.orchestration.worker import STEP_TIME_LIMIT, Worker, call_cancelled
from tasks.run import RENEWS_EVERY, RunSetup, set_up

_log = logging.getLogger("keyline.worker")


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
    database_url: str
    run_jobs: Callable[[], None]
    alone: Sequence[str]
    threads: int
    step_time_limit: float = STEP_TIME_LIMIT


@dataclass(slots=True)
class Renewal:
    """Keeps a lease while a process that carries one case starts and works."""

    around: Around
    lease: CaseLease
    is_wanted: Callable[[], bool]
    _next: float = field(default_factory=lambda: monotonic() + RENEWS_EVERY)

    def may_go_on(self) -> bool:
        """Tell whether the process may go on; renew the lease now and then."""
        if monotonic() >= self._next:
            self._next = monotonic() + RENEWS_EVERY
            with suppress(Unavailable):
                return renew(self.around, self.lease) and self.is_wanted()
        return self.is_wanted()


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
        self.worker = Worker(
            name=f"{setup.name.machine}-{setup.name.slot}",
            client=setup.client,
            cases=self.reconciler,
            pool=RunPool(threads=setup.threads, thread_context=thread_context, carry=self._carry),
            now=wall_clock,
            on_turn=lambda: faulthandler.dump_traceback_later(STUCK_AFTER, exit=True),
            on_resting=self.loop.notice,
            on_overdue=self._end_overdue,
            step_time_limit=setup.step_time_limit,
        )

    def run(self) -> None:
        """Carry cases until the process is told to stop, then let what runs come to its rest."""
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: self.worker.stop())
        listener = Listener(
            url=self.setup.database_url,
            on_case=self.worker.call,
            on_scheduled=self.worker.poll,
            on_connect=self._look_at_everything,
        )
        self._start("listener", lambda: listener.listen(self.is_over))
        self._start("former life", self._give_back_former_life)
        self._start("reconciler", self.loop.repeat)
        self._start("jobs", lambda: repeat("The periodic jobs", self.setup.run_jobs, self.is_over))
        _log.info("Carrying cases as %s.", self.setup.name)
        self.worker.work()
        self._stop()

    def _start(self, name: str, what: Callable[[], None]) -> None:
        Thread(target=what, name=name, daemon=True).start()

    def _call(self, case_id: CaseId) -> None:
        self.worker.call(case_id)

    def _look_at_everything(self) -> None:
        self.worker.poll()
        self.loop.notice(None)

    def _carry(self, carried: CarriedRun) -> None:
        """Claim the run and carry it: in this thread, or in a process of its own."""
        setup = self.setup
        if not claim(setup.client, carried.run):
            return
        if carried.is_alone:
            self._carry_alone(carried)
        else:
            holder = Holder(str(setup.name))
            set_up(RunSetup(setup.around, setup.handlers, holder, carried.control))
            execute(incident, carried.run)
        if carried.control.is_to_end:
            call_cancelled(setup.client, carried.run.id)

    def _carry_alone(self, carried: CarriedRun) -> None:
        """Have the run carried alone; only here is a lost process counted, for it was seen to die.

        The lease is acquired here, for the process takes some seconds to start.
        """
        around, holder = self.setup.around, f"{self.setup.name}/alone"
        lease = acquire(around, carried.case_id, Holder(holder, is_alone=True))
        if lease is None:
            return
        words = (carried.run.id, lease.partnership_id, lease.case_id, lease.token)
        end = LoneProcess([*self.setup.alone, *map(str, words)]).run(
            Renewal(around, lease, lambda: not self._is_to_stop(carried)).may_go_on
        )
        if end is LoneEnd.LOST:
            self.reconciler.reschedule(count_loss(around, holder))
        elif end is LoneEnd.STOPPED:
            self.reconciler.reschedule(release_all(around, holder, was_lost=False))

    def _is_to_stop(self, carried: CarriedRun) -> bool:
        return carried.control.is_to_end or self.worker.is_over.is_set()

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
            for case_id in cases:
                suspect(self.setup.around, case_id)
            self._give_back()
        os._exit(OVERDUE)

    def _stop(self) -> None:
        with suppress(Unavailable):
            self._give_back()
        self.is_over.set()
        faulthandler.cancel_dump_traceback_later()
        if self.worker.pool.carried():
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(0)

    def _give_back(self) -> None:
        held = release_all(self.setup.around, str(self.setup.name), was_lost=False)
        self.reconciler.reschedule(held)
