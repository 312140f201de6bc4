"""One pass of a flow run over its case: under the case's lease, asking the record, then paused."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic, sleep
from uuid import UUID

from prefect.exceptions import Abort

from services.casework.engine import case_leases, work_runner
from services.casework.engine.case_leases import CaseLease, Holder
from services.casework.engine.progress import on_record
from services.casework.engine.transactions import acting
from services.casework.engine.work_runner import Around, WorkSetAside
from services.casework.job_context import JobHandlers
from services.domain.errors import LeaseLost, Unavailable
from services.domain.identifiers import CaseId
from services.domain.progress import OnRecord, route
from services.domain.workflow import Step
from services.orchestration.run_control import RunControl

PATIENCE = 15.0
RENEWS_EVERY = 3.0

_NOBODY = Holder("")
_log = logging.getLogger("keyline.run")


@dataclass(frozen=True, slots=True)
class RunSetup:
    """What a flow run works with; each thread and each process sets it before it runs one.

    A process that carries one run alone is given the lease that its parent acquired.
    """

    around: Around
    handlers: JobHandlers
    holder: Holder = _NOBODY
    control: RunControl = field(default_factory=RunControl)
    lease: CaseLease | None = None


_SETUP: ContextVar[RunSetup] = ContextVar("run_setup")
_CASE: ContextVar["LeasedCase"] = ContextVar("leased_case")


def set_up(setup: RunSetup) -> None:
    """Run flows with these neighbours and handlers in this context from now on."""
    _SETUP.set(setup)


class RunStopped(Exception):
    """The case could not be taken further just now; it says the kind of error and no more."""


@dataclass(slots=True)
class LeasedCase:
    """One case while this flow run holds its lease; what it answers is read from the record."""

    lease: CaseLease
    setup: RunSetup
    seen: OnRecord
    is_lost: Event = field(default_factory=Event)
    _is_worth_a_pass: bool = True

    def has_work(self) -> bool:
        """Tell whether to go through the steps: now first, and again after something was done."""
        self._must_go_on()
        is_worth_a_pass, self._is_worth_a_pass = self._is_worth_a_pass, False
        self.look()
        return is_worth_a_pass and bool(self.seen.ready)

    def has_work_at(self, step: Step) -> bool:
        """Tell whether the step has ordered work that may be done now."""
        self._must_go_on()
        return step in self.seen.ready

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
        """Do the step's ordered work, then look at the record again."""
        setup = self.setup
        with _named_by_kind():
            try:
                did_any = work_runner.run_step(
                    setup.around, self.lease, step, setup.handlers, self._may_begin
                )
                self._is_worth_a_pass |= did_any
            except WorkSetAside:
                self._is_worth_a_pass = True
                raise
            finally:
                setup.control.rest()
                self.look()

    def look(self) -> None:
        """Read the record again."""
        with acting(self.setup.around, self.lease.partnership_id) as work:
            self.seen = on_record(work, self.lease.case_id)

    def renew_until(self, over: Event) -> None:
        """Renew the lease every few seconds; if it is lost, the run ends at its next piece."""
        while not over.wait(RENEWS_EVERY):
            try:
                if not case_leases.renew(self.setup.around, self.lease):
                    self.is_lost.set()
                    return
            except Unavailable:
                _log.warning("The lease of %s could not be renewed yet.", self.lease.case_id)

    def _may_begin(self) -> bool:
        return not self.is_lost.is_set() and self.setup.control.may_begin()

    def _must_go_on(self) -> None:
        """End the run here if an operator cancels it, or another process has taken its lease."""
        if self.is_lost.is_set() or self.setup.control.is_to_end:
            raise Abort("The run was cancelled, or another process carries the case.")


def current_case(case_id: str) -> LeasedCase:
    """Return the case that the running flow holds, if it is this one."""
    case = _CASE.get()
    if str(case.lease.case_id) != case_id:
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
    lease = _acquired(setup, case_id)
    with acting(setup.around, lease.partnership_id) as work:
        case = LeasedCase(lease, setup, on_record(work, lease.case_id))
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
        _release(setup.around, lease)


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


def _acquired(setup: RunSetup, case_id: CaseId) -> CaseLease:
    """Wait a little for a process that is just leaving; give way to one that stays."""
    if setup.lease is not None:
        return setup.lease
    until = monotonic() + PATIENCE
    while (lease := case_leases.acquire(setup.around, case_id, setup.holder)) is None:
        if monotonic() > until or setup.control.is_to_end:
            raise Abort("Another process carries this case.")
        sleep(0.1)
    return lease


def _release(around: Around, lease: CaseLease) -> None:
    try:
        case_leases.release(around, lease)
    except Unavailable:
        _log.warning("The lease of case %s is left to run out.", lease.case_id)
