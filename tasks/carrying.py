"""How a flow holds a case: under its lease, asking the record, laying itself to rest."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic, sleep
from uuid import UUID, uuid4

from prefect.client.orchestration import SyncPrefectClient
from prefect.context import FlowRunContext
from prefect.exceptions import Abort, Pause
from prefect.states import Paused
from prefect.utilities.engine import propose_state_sync

from services.casework.engine import work_runner
from services.casework.engine.progress import on_record
from services.casework.engine.work_runner import Around, CaseLease, Holder, WorkSetAside
from services.casework.job_context import Works
from services.domain.errors import LeaseLost, Unavailable
from services.domain.identifiers import CaseId
from services.domain.progress import OnRecord, resting, route
from services.domain.steps import Step

PATIENCE = 15.0
RENEWS_EVERY = 3.0

_log = logging.getLogger("keyline.carrying")


@dataclass(frozen=True, slots=True)
class Provided:
    """What this process carries cases with."""

    around: Around
    works: Works
    holder: Holder


_PROVIDED: ContextVar[Provided] = ContextVar("provided")
_IN_HAND: ContextVar["Carried"] = ContextVar("in_hand")


def provide(provided: Provided) -> None:
    """Carry cases with these neighbours and works from now on; once, when a process begins."""
    _PROVIDED.set(provided)


class CarryingStopped(Exception):
    """The case could not be carried further just now; it says the kind of error and no more."""


@dataclass(slots=True)
class Carried:
    """One case while this flow carries it; what it answers is read from the record."""

    held: CaseLease
    provided: Provided
    seen: OnRecord
    _is_worth_a_pass: bool = True

    def has_work(self) -> bool:
        """Tell whether to go through the steps: now first, and again after something was done."""
        is_worth_a_pass, self._is_worth_a_pass = self._is_worth_a_pass, False
        self.look()
        return is_worth_a_pass and bool(self.seen.ready)

    def has_work_at(self, step: Step) -> bool:
        """Tell whether the step has ordered work that may be done now."""
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

    def fulfil(self, step: Step) -> None:
        """Do the step's ordered work, then look at the record again."""
        with _said_by_kind():
            try:
                did_any = work_runner.run_step(
                    self.provided.around, self.held, step, self.provided.works
                )
                self._is_worth_a_pass |= did_any
            except WorkSetAside:
                self._is_worth_a_pass = True
                raise
            finally:
                self.look()

    def look(self) -> None:
        """Read the record again."""
        with work_runner.acting(self.provided.around, self.held.partnership_id) as work:
            self.seen = on_record(work, self.held.case_id)


def in_hand(case_id: str) -> Carried:
    """Return the case that the running flow carries, if it is this one."""
    case = _IN_HAND.get()
    if str(case.held.case_id) != case_id:
        raise LeaseLost("The running flow carries another case.")
    return case


@contextmanager
def carrying(case_id: str) -> Iterator[Carried]:
    """Hold the case while the block runs; a case that another process carries is left to it."""
    with _said_by_kind(), _holding(CaseId(UUID(case_id))) as case:
        yield case


@contextmanager
def _holding(case_id: CaseId) -> Iterator[Carried]:
    provided = _PROVIDED.get()
    held = _taken_up(provided, case_id)
    with work_runner.acting(provided.around, held.partnership_id) as work:
        case = Carried(held, provided, on_record(work, held.case_id))
    over = Event()
    keeping = Thread(target=_keep, args=(provided.around, held, over), daemon=True)
    keeping.start()
    token = _IN_HAND.set(case)
    try:
        yield case
    finally:
        _IN_HAND.reset(token)
        over.set()
        keeping.join()
        _put_down(provided.around, held)


def wait_for_people(case: Carried) -> None:
    """Lay the flow run to rest until an act or a clock wakes it; it starts at the top then."""
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        return
    assert isinstance(context.client, SyncPrefectClient)  # noqa: S101 - this flow is not async
    name, detail = resting(case.seen)
    state = propose_state_sync(
        context.client,
        Paused(name=name, message=detail, reschedule=True, pause_key=uuid4().hex),
        flow_run_id=context.flow_run.id,
    )
    if not state.is_paused():
        raise Abort(f"The flow run may not rest: it is {state.name}.")
    raise Pause(state=state)


@contextmanager
def _said_by_kind() -> Iterator[None]:
    """Let an error out by its kind only: Prefect keeps and shows whatever an error says."""
    try:
        yield
    except (CarryingStopped, WorkSetAside):
        raise
    except Exception as error:  # noqa: BLE001 - every kind; signals to Prefect are none of these
        raise CarryingStopped(type(error).__name__) from None


def _taken_up(provided: Provided, case_id: CaseId) -> CaseLease:
    """Wait a little for a process that is just leaving; give way to one that stays."""
    until = monotonic() + PATIENCE
    while (held := work_runner.acquire(provided.around, case_id, provided.holder)) is None:
        if monotonic() > until:
            raise Abort("Another process carries this case.")
        sleep(0.1)
    return held


def _keep(around: Around, held: CaseLease, over: Event) -> None:
    while not over.wait(RENEWS_EVERY):
        try:
            work_runner.renew(around, held)
        except Unavailable:
            _log.warning("The lease of case %s could not be renewed yet.", held.case_id)


def _put_down(around: Around, held: CaseLease) -> None:
    try:
        work_runner.release(around, held)
    except Unavailable:
        _log.warning("The lease of case %s is left to run out.", held.case_id)
