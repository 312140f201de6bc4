"""One pass of a flow run over its case: under the case's lease, asking the record, then paused.

The run of a joint review does every member's work, each under that member's own lease.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from threading import Event, Thread
from time import monotonic, sleep
from uuid import UUID

from prefect.exceptions import Abort

from services.casework.engine import case_leases, work_runner
from services.casework.engine.case_leases import CaseLease, Holder
from services.casework.engine.progress import on_record_of_run
from services.casework.engine.work_runner import Around, WorkSetAside
from services.casework.job_context import JobHandlers
from services.domain.errors import LeaseLost, Unavailable
from services.domain.identifiers import CaseId
from services.domain.progress import OnRecord, route
from services.domain.workflow import Stage, Step
from services.orchestration.run_control import RunControl, own_run_id

PATIENCE = 15.0
RENEWS_EVERY = 3.0

_NOBODY = Holder("")
_ELSEWHERE = OnRecord(
    stage=Stage.JOINT_REVIEW, was_notified=False, was_commissioned=False, waits_for={}
)
_log = logging.getLogger("keyline.run")


@dataclass(frozen=True, slots=True)
class RunSetup:
    """What a flow run works with; each thread and each process sets it before it runs one.

    A process that carries one run alone is given the leases that its parent acquired.
    """

    around: Around
    handlers: JobHandlers
    holder: Holder = _NOBODY
    control: RunControl = field(default_factory=RunControl)
    leases: tuple[CaseLease, ...] = ()


_SETUP: ContextVar[RunSetup] = ContextVar("run_setup")
_CASE: ContextVar["LeasedCase"] = ContextVar("leased_case")


def set_up(setup: RunSetup) -> None:
    """Run flows with these neighbours and handlers in this context from now on."""
    _SETUP.set(setup)


class RunStopped(Exception):
    """The case could not be taken further just now; it says the kind of error and no more."""


@dataclass(slots=True)
class LeasedCase:
    """One case while this flow run holds its lease; what it answers is read from the record.

    If the case leads a joint review, the leases of the cases that join it follow its own. A case
    that joins one itself is carried by the leading case's run: its own run holds no lease.
    """

    case_id: CaseId
    leases: tuple[CaseLease, ...]
    setup: RunSetup
    seen: OnRecord
    is_lost: Event = field(default_factory=Event)
    _lost_beside: set[CaseId] = field(default_factory=set)
    _is_worth_a_pass: bool = True

    def has_work(self) -> bool:
        """Tell whether to go through the steps: now first, and again after something was done.

        The record was read when the case was taken, or after the last step; what is ordered later
        is not missed, for giving the lease back wakes the case.
        """
        if self.is_carried_elsewhere:
            return False
        self._must_go_on()
        is_worth_a_pass, self._is_worth_a_pass = self._is_worth_a_pass, False
        return is_worth_a_pass and bool(self.seen.ready)

    def has_work_at(self, step: Step) -> bool:
        """Tell whether the step has ordered work that may be done now."""
        self._must_go_on()
        return step in self.seen.ready

    @property
    def is_joint(self) -> bool:
        """Tell whether this pass carries other partnerships' cases beside its own (RR-29)."""
        return len(self.leases) > 1

    @property
    def is_carried_elsewhere(self) -> bool:
        """Tell whether the run of another case carries this one."""
        return not self.leases

    @property
    def is_reviewed(self) -> bool:
        """Tell whether the incident is to have a rapid review (RR-01)."""
        return route(self.seen).is_reviewed

    @property
    def commissions_review(self) -> bool:
        """Tell whether the partners commissioned a local review."""
        return route(self.seen).commissions_review

    @property
    def embeds_learning(self) -> bool:
        """Tell whether the case is at its action plan."""
        return route(self.seen).embeds_learning

    @property
    def is_finished(self) -> bool:
        """Tell whether the case is closed and all its work is done."""
        return route(self.seen).is_finished

    def run_step(self, step: Step) -> None:
        """Do the step's ordered work of every member, then look at the record again.

        What one side's work comes to stops no other side's: set-aside work is told at the end.
        """
        trouble: WorkSetAside | None = None
        with _named_by_kind():
            try:
                for lease in self.leases:
                    try:
                        self._is_worth_a_pass |= self._did_any(lease, step)
                    except WorkSetAside as set_aside:
                        self._is_worth_a_pass, trouble = True, set_aside
                if trouble is not None:
                    raise trouble
            finally:
                self.look()

    def _did_any(self, lease: CaseLease, step: Step) -> bool:
        """Do one member's work of the step; a joining case that another took up is left to it."""
        setup = self.setup
        may_begin = partial(self._may_begin, lease)
        try:
            return work_runner.run_step(setup.around, lease, step, setup.handlers, may_begin)
        except LeaseLost:
            if lease.case_id == self.case_id:
                raise
            self._lost_beside.add(lease.case_id)
            return False
        finally:
            setup.control.rest()

    def look(self) -> None:
        """Read the record again."""
        self.seen = on_record_of_run(self.setup.around, self._held())

    def renew_until(self, over: Event) -> None:
        """Renew the leases every few seconds; if the case's own is lost, the run is to end."""
        while not over.wait(RENEWS_EVERY):
            for lease in self._held():
                try:
                    if not case_leases.renew(self.setup.around, lease):
                        self._lose(lease)
                except Unavailable:
                    _log.warning("The lease of %s could not be renewed yet.", lease.case_id)
            if self.is_lost.is_set():
                return

    def _held(self) -> list[CaseLease]:
        return [lease for lease in self.leases if lease.case_id not in self._lost_beside]

    def _lose(self, lease: CaseLease) -> None:
        if lease.case_id == self.case_id:
            self.is_lost.set()
        else:
            self._lost_beside.add(lease.case_id)

    def _may_begin(self, lease: CaseLease) -> bool:
        if self.is_lost.is_set() or lease.case_id in self._lost_beside:
            return False
        return self.setup.control.may_begin()

    def _must_go_on(self) -> None:
        """End the run here if an operator cancels it, or another process has taken its lease."""
        if self.is_lost.is_set() or self.setup.control.is_to_end:
            raise Abort("The run was cancelled, or another process carries the case.")


def current_case(case_id: str) -> LeasedCase:
    """Return the case that the running flow holds, if it is this one."""
    case = _CASE.get()
    if str(case.case_id) != case_id:
        raise LeaseLost("The running flow carries another case.")
    return case


@contextmanager
def leased_case(case_id: str) -> Iterator[LeasedCase]:
    """Hold the case while the block runs; a case that another process carries is left to it."""
    with _named_by_kind(), _leased(CaseId(UUID(case_id))) as case:
        yield case


@contextmanager
def _leased(case_id: CaseId) -> Iterator[LeasedCase]:
    setup = _SETUP.get()
    leases = _acquired(setup, case_id, own_run_id())
    seen = on_record_of_run(setup.around, leases) if leases else _ELSEWHERE
    case = LeasedCase(case_id, leases, setup, seen)
    over = Event()
    renewing = Thread(target=case.renew_until, args=(over,), daemon=True)
    renewing.start()
    token = _CASE.set(case)
    try:
        yield case
    finally:
        _CASE.reset(token)
        over.set()
        renewing.join()
        _release(setup.around, leases)


@contextmanager
def _named_by_kind() -> Iterator[None]:
    """Re-raise with the error's class name only.

    Prefect stores and shows messages, and they may hold personal data.
    """
    try:
        yield
    except (RunStopped, WorkSetAside):
        raise
    except Exception as error:  # noqa: BLE001 - every kind; signals to Prefect are none of these
        raise RunStopped(type(error).__name__) from None


def _acquired(setup: RunSetup, case_id: CaseId, run_id: UUID | None) -> tuple[CaseLease, ...]:
    """Wait a little for a process that is just leaving; give way to one that stays."""
    if setup.leases:
        return setup.leases
    until = monotonic() + PATIENCE
    around, holder = setup.around, setup.holder
    while (leases := case_leases.acquire_all(around, case_id, holder, run_id)) is None:
        if monotonic() > until or setup.control.is_to_end:
            raise Abort("Another process carries this case.")
        sleep(0.1)
    return leases


def _release(around: Around, leases: tuple[CaseLease, ...]) -> None:
    """Release the leases, that of the run's own case last: it is woken when all are free."""
    for lease in reversed(leases):
        try:
            case_leases.release(around, lease)
        except Unavailable:
            _log.warning("The lease of case %s is left to run out.", lease.case_id)
