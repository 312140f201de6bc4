"""How a case's machine work is carried: under one lease, piece by piece, each piece once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid4

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolEmpty

from services.casework.tools import Tools, Works
from services.database import due_work, leases, watch
from services.database.due_work import Ordered
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.documents import Documents
from services.domain.errors import LeaseLost, NotFound, Unavailable
from services.domain.identifiers import CaseId, PartnershipId, PersonId
from services.domain.patience import after_a_failure, after_nobody_answered
from services.domain.steps import Step
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
class InHand:
    """A case in the hands of one process: the token proves that the lease is the newest."""

    partnership_id: PartnershipId
    case_id: CaseId
    token: int


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


def take_up(around: Around, case_id: CaseId, lasts: timedelta = leases.LASTS) -> InHand | None:
    """Take the case's lease; nothing while somebody else carries the case."""
    with translated():
        case = watch.case_of(around.engine, case_id)
    if case is None:
        raise NotFound("There is no such case.")
    with acting(around, case.tenant_id) as work:
        token = leases.acquire(work, case_id, uuid4(), lasts)
    return None if token is None else InHand(case.tenant_id, case_id, token)


def keep(around: Around, held: InHand, lasts: timedelta = leases.LASTS) -> bool:
    """Prolong the lease; tell whether the case is still in our hands."""
    with acting(around, held.partnership_id) as work:
        return leases.renew(work, held.case_id, held.token, lasts)


def put_down(around: Around, held: InHand) -> None:
    """Give the lease back and, in the same breath, have the case looked at again.

    Work that was ordered while the flow was laying itself to rest is found by that look.
    """
    with acting(around, held.partnership_id) as work:
        leases.release(work, held.case_id, held.token)
        due_work.wake(work, held.case_id)


def fulfil(around: Around, held: InHand, step: Step, works: Works) -> None:
    """Do every piece of the step's work that may be done now, each in a transaction of its own.

    A piece and its mark are kept together or not at all. Why a piece failed stays in this
    process: only the error's kind is kept, and what is raised names ids.
    """
    was_set_aside = False
    while (vain := _next_piece(around, held, step, works)) is not _NOTHING_LEFT:
        if vain is not None:
            was_set_aside |= _put_off(around, held, vain)
    if was_set_aside:
        raise WorkSetAside(held.case_id, step)


@dataclass(frozen=True, slots=True)
class _Vain:
    """A piece that was tried in vain, and the kind of error that stopped it."""

    piece: Ordered | None
    error: type[Exception] | None


_NOTHING_LEFT = _Vain(None, None)


def _next_piece(around: Around, held: InHand, step: Step, works: Works) -> _Vain | None:
    """Do the next piece: say that there is none left, or how it failed; nothing if it is done."""
    piece: Ordered | None = None
    try:
        with acting(around, held.partnership_id) as work:
            leases.must_hold(work, held.case_id, held.token)
            piece = due_work.take(work, held.case_id, step)
            if piece is None:
                return _NOTHING_LEFT
            tools = Tools(around.documents, around.store)
            works[step, piece.phase](work, tools, held.case_id, piece.subject)
            due_work.mark_done(work, piece)
    except LeaseLost:
        raise
    except Exception as error:  # noqa: BLE001 - counted on the piece; its text goes nowhere
        return _Vain(piece, type(error))
    return None


def _put_off(around: Around, held: InHand, vain: _Vain) -> bool:
    """Count the vain attempt and say when to try again; tell whether that is never."""
    if vain.piece is None or vain.error is None:
        raise RecordUnavailable("The record did not answer.")
    tried = replace(vain.piece, attempts=vain.piece.attempts + 1)
    if issubclass(vain.error, Unavailable):
        delay = after_nobody_answered(tried.attempts - tried.failures)
    else:
        tried = replace(tried, failures=tried.failures + 1)
        delay = after_a_failure(tried.failures)
    with acting(around, held.partnership_id) as work:
        leases.must_hold(work, held.case_id, held.token)
        due_work.put_off(work, tried, vain.error.__name__, delay)
    return delay is None
