"""The work runner: does a case's machine work under one lease, piece by piece, each piece once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolEmpty

from services.casework.job_context import JobContext, JobHandlers, handle
from services.database import due_work, leases, watch
from services.database.due_work import Attempt
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.documents import Documents
from services.domain.backoff import after_a_failure, after_nobody_answered
from services.domain.errors import LeaseLost, NotFound, Unavailable
from services.domain.identifiers import CaseId, PartnershipId, PersonId
from services.domain.workflow import Step
from services.domain.working_days import Calendar
from services.identity.actors import service_actor
from services.storage import Store

KEYLINE_ITSELF = PersonId(UUID(int=0))


class Around(Protocol):
    """What carrying a case needs of the process's neighbours."""

    @property
    def engine(self) -> Engine: ...  # noqa: D102 - named for what it is
    @property
    def calendar(self) -> Calendar: ...  # noqa: D102 - named for what it is
    @property
    def documents(self) -> Documents: ...  # noqa: D102 - named for what it is
    @property
    def store(self) -> Store: ...  # noqa: D102 - named for what it is
    @property
    def now(self) -> Callable[[], datetime]: ...  # noqa: D102 - named for what it is


@dataclass(frozen=True, slots=True)
class CaseLease:
    """The lease of one case: the token proves that it is the newest."""

    partnership_id: PartnershipId
    case_id: CaseId
    token: int
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """A process by its name; one that is alone carries one case and ends."""

    name: str
    is_alone: bool = False


class WorkSetAside(Exception):
    """Work failed too often and waits for operations; it names ids only, never what failed."""

    def __init__(self, case_id: CaseId, step: Step) -> None:
        super().__init__(f"Work of step {step} of case {case_id} was set aside.")


class RecordUnavailable(Unavailable):
    """Our own database did not answer; what it said stays here, for it may quote a row."""


@contextmanager
def acting(around: Around, partnership_id: PartnershipId) -> Iterator[UnitOfWork]:
    """Open a transaction in which Keyline itself acts for the partnership."""
    actor = service_actor(partnership_id, KEYLINE_ITSELF)
    with (
        translated(),
        unit_of_work(around.engine, actor, around.now(), around.calendar) as work,
    ):
        yield work


@contextmanager
def translated() -> Iterator[None]:
    """Let our own database's silence out as RecordUnavailable, without what it quotes."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolEmpty):
        raise RecordUnavailable("The record did not answer.") from None


def acquire(
    around: Around, case_id: CaseId, holder: Holder, lasts: timedelta = leases.LASTS
) -> CaseLease | None:
    """Take the case's lease; nothing while another process carries the case.

    Work that the last holder had begun when its lease ran out was lost with its process, unless
    that is the process that asks: then only the database was away.
    """
    with translated():
        case = watch.case_of(around.engine, case_id)
    if case is None:
        raise NotFound("There is no such case.")
    with acting(around, case.tenant_id) as work:
        taken = leases.acquire(work, case_id, holder.name, lasts)
        if taken is None:
            return None
        if taken.expired_from in {None, holder.name}:
            due_work.withdraw(work, case_id)
        else:
            due_work.suspect(work, case_id)
    return CaseLease(case.tenant_id, case_id, taken.token, holder.is_alone)


def renew(around: Around, lease: CaseLease, lasts: timedelta = leases.LASTS) -> bool:
    """Prolong the lease; tell whether the case is still ours."""
    with acting(around, lease.partnership_id) as work:
        return leases.renew(work, lease.case_id, lease.token, lasts)


def release(around: Around, lease: CaseLease) -> None:
    """Release the lease, then notify the worker.

    So work that was ordered while the flow was pausing is not missed.
    """
    with acting(around, lease.partnership_id) as work:
        leases.release(work, lease.case_id, lease.token)
        due_work.wake(work, lease.case_id)


def clear_expired(around: Around, partnership_id: PartnershipId, case_id: CaseId) -> None:
    """Clear the lease of a process that died; what it had begun was lost with it."""
    with acting(around, partnership_id) as work:
        if leases.clear_expired(work, case_id):
            due_work.suspect(work, case_id)


def release_all(
    around: Around, process: str, *, was_lost: bool, but_not: str | None = None
) -> list[CaseId]:
    """Release every lease of a process, by the beginning of its name; return the cases.

    A process that was lost leaves suspects behind; one that stops leaves its work as it found it.
    """
    with translated():
        held = [
            lease
            for lease in watch.leases_of(around.engine, process)
            if but_not is None or not lease.holder.startswith(but_not)
        ]
    for lease in held:
        with acting(around, lease.tenant_id) as work:
            if leases.release_from(work, lease.case_id, lease.holder):
                (due_work.suspect if was_lost else due_work.withdraw)(work, lease.case_id)
                due_work.wake(work, lease.case_id)
    return [lease.case_id for lease in held]


def suspect(around: Around, case_id: CaseId) -> None:
    """Let what was begun on a case be begun again, alone: it will not come back to its process."""
    with translated():
        case = watch.case_of(around.engine, case_id)
    if case is not None:
        with acting(around, case.tenant_id) as work:
            due_work.suspect(work, case_id)


def count_loss(around: Around, process: str) -> list[CaseId]:
    """Count a process that died while it carried one case alone; return that case.

    Only whoever saw it die may call this: a process that was stopped has died of nothing.
    """
    with translated():
        held = watch.leases_of(around.engine, process)
    for lease in held:
        with acting(around, lease.tenant_id) as work:
            if not leases.release_from(work, lease.case_id, lease.holder):
                continue
            losses = due_work.losses_alone(work, lease.case_id)
            if losses is not None:
                delay = after_a_failure(losses + 1)
                due_work.count_loss(work, lease.case_id, delay)
            due_work.wake(work, lease.case_id)
    return [lease.case_id for lease in held]


def run_step(
    around: Around,
    lease: CaseLease,
    step: Step,
    handlers: JobHandlers,
    may_begin: Callable[[], bool] = lambda: True,
) -> bool:
    """Do every piece of the step's work that may be done now; tell whether there was any.

    ``may_begin`` is asked before each piece, and an attempt is counted before it begins. The
    piece is then done with no transaction open, and one short transaction links what was done to
    the case and marks it done, both or neither. Why a piece failed stays in this process: only
    the error's kind is kept, and what is raised names
    ids.
    """
    did_any = was_set_aside = False
    while may_begin() and (attempt := _begin(around, lease, step)) is not None:
        did_any = True
        error = _try(around, lease, attempt, handlers)
        if error is not None:
            was_set_aside |= _put_off(around, lease, attempt, error)
    if was_set_aside:
        raise WorkSetAside(lease.case_id, step)
    return did_any


@contextmanager
def _holding(around: Around, lease: CaseLease) -> Iterator[UnitOfWork]:
    """Open a transaction under the lease; refuse one under a lease that another has taken."""
    with acting(around, lease.partnership_id) as work:
        leases.must_hold(work, lease.case_id, lease.token)
        yield work


def _begin(around: Around, lease: CaseLease, step: Step) -> Attempt | None:
    with _holding(around, lease) as work:
        return due_work.begin(work, lease.case_id, step, lease.token, is_alone=lease.is_alone)


def _try(
    around: Around, lease: CaseLease, attempt: Attempt, handlers: JobHandlers
) -> type[Exception] | None:
    """Do the piece and mark it done; return the kind of error that stopped it, if one did."""
    try:
        context = JobContext(
            case_id=lease.case_id,
            step=attempt.step,
            documents=around.documents,
            store=around.store,
            transaction=partial(_holding, around, lease),
        )
        link = handle(handlers, context, attempt.payload)
        with _holding(around, lease) as work:
            link(work)
            due_work.mark_done(work, attempt)
    except LeaseLost:
        raise
    except Exception as error:  # noqa: BLE001 - counted on the piece; its text goes nowhere
        return type(error)
    return None


def _put_off(around: Around, lease: CaseLease, attempt: Attempt, error: type[Exception]) -> bool:
    """Keep why the attempt was in vain and when to try again; tell whether that is never."""
    if issubclass(error, Unavailable):
        tried = replace(attempt, unanswered=attempt.unanswered + 1)
        delay = after_nobody_answered(tried.unanswered)
    else:
        tried = replace(attempt, failures=attempt.failures + 1)
        delay = after_a_failure(tried.failures)
    with _holding(around, lease) as work:
        due_work.put_off(work, tried, error.__name__, delay)
    return delay is None
