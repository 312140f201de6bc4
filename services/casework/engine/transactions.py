"""The transactions in which Keyline itself acts for a partnership, between people's acts."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolEmpty

from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.errors import Unavailable
from services.domain.identifiers import PartnershipId
from services.domain.working_days import Calendar
from services.identity.actors import KEYLINE_ITSELF, service_actor


class TransactionContext(Protocol):
    """What a transaction of Keyline's own needs of the process's neighbours."""

    @property
    def engine(self) -> Engine: ...  # noqa: D102 - named for what it is
    @property
    def calendar(self) -> Calendar: ...  # noqa: D102 - named for what it is
    @property
    def now(self) -> Callable[[], datetime]: ...  # noqa: D102 - named for what it is


class RecordUnavailable(Unavailable):
    """Our own database did not answer; what it said stays here, for it may quote a row."""


def as_keyline(
    context: TransactionContext, partnership_id: PartnershipId
) -> AbstractContextManager[UnitOfWork]:
    """Open a transaction in which Keyline itself acts for the partnership."""
    actor = service_actor(partnership_id, KEYLINE_ITSELF)
    return unit_of_work(context.engine, actor, context.now(), context.calendar)


@contextmanager
def acting(context: TransactionContext, partnership_id: PartnershipId) -> Iterator[UnitOfWork]:
    """Open such a transaction, and say of a silent database no more than that it is silent."""
    with translated(), as_keyline(context, partnership_id) as work:
        yield work


@contextmanager
def translated() -> Iterator[None]:
    """Let our own database's silence out as RecordUnavailable, without what it quotes."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolEmpty):
        raise RecordUnavailable("The record did not answer.") from None
