"""How one flow run is carried: in a thread of this process, or alone in a process of its own."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic

from deployments.worker.alone import LoneRun
from deployments.worker.setup import WorkerSetup
from flows.incident import incident
from services.casework.engine.case_leases import (
    CaseLease,
    Holder,
    acquire_all,
    count_loss,
    release_all,
    renew,
)
from services.casework.engine.work_runner import Around
from services.domain.errors import Unavailable
from services.domain.identifiers import CaseId
from services.orchestration.ended_runs import call_cancelled, end_stranded
from services.orchestration.lone_process import LoneEnd, LoneProcess
from services.orchestration.run_execution import claim, execute, thread_context
from services.orchestration.run_pool import CarriedRun, RunPool
from tasks.run import RENEWS_EVERY, RunSetup, set_up


@dataclass(slots=True)
class Renewal:
    """Keeps the leases while a process that carries one run starts and works."""

    around: Around
    leases: tuple[CaseLease, ...]
    is_wanted: Callable[[], bool]
    _next: float = field(default_factory=lambda: monotonic() + RENEWS_EVERY)

    def may_go_on(self) -> bool:
        """Tell whether the process may go on; renew the leases now and then.

        Only the lease of the run's own case decides: the process itself gives up the others.
        """
        if monotonic() >= self._next:
            self._next = monotonic() + RENEWS_EVERY
            with suppress(Unavailable):
                own, *_beside = [renew(self.around, lease) for lease in self.leases]
                return own and self.is_wanted()
        return self.is_wanted()


@dataclass(frozen=True, slots=True)
class RunCarrier:
    """Carries the runs that the worker takes; what it gives back early is scheduled again."""

    setup: WorkerSetup
    reschedule: Callable[[Iterable[CaseId]], None]
    is_stopping: Callable[[], bool]

    def pool(self) -> RunPool:
        """Return the threads that carry the runs."""
        return RunPool(threads=self.setup.threads, thread_context=thread_context, carry=self.carry)

    def carry(self, carried: CarriedRun) -> None:
        """Claim the run and carry it: in this thread, or in a process of its own."""
        setup = self.setup
        if not claim(setup.client, carried.run):
            end_stranded(setup.client, carried.run)
            return
        if carried.is_alone:
            self._carry_alone(carried)
        else:
            self._carry_here(carried)
        if carried.control.is_to_end:
            call_cancelled(setup.client, carried.run.id)

    def _carry_here(self, carried: CarriedRun) -> None:
        setup, holder = self.setup, Holder(str(self.setup.name))
        set_up(RunSetup(setup.around, setup.handlers, holder, carried.control))
        execute(incident, carried.run)

    def _carry_alone(self, carried: CarriedRun) -> None:
        """Have the run carried alone; only here is a lost process counted, for it was seen to die.

        The leases are acquired here, for the process takes some seconds to start.
        """
        around, holder = self.setup.around, f"{self.setup.name}/alone"
        own = Holder(holder, is_alone=True)
        leases = acquire_all(around, carried.case_id, own, carried.run.id)
        if leases is None:
            return
        if not leases:  # the run of another case carries this one: nothing can go wrong here
            self._carry_here(carried)
            return
        words = LoneRun(carried.run.id, leases).words
        end = LoneProcess([*self.setup.alone, *words]).run(
            Renewal(around, leases, lambda: not self._is_to_stop(carried)).may_go_on
        )
        if end is LoneEnd.LOST:
            self.reschedule(count_loss(around, holder))
        elif end is LoneEnd.STOPPED:
            self.reschedule(release_all(around, holder, was_lost=False))

    def _is_to_stop(self, carried: CarriedRun) -> bool:
        return carried.control.is_to_end or self.is_stopping()
