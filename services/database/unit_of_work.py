"""One act, one transaction, one partnership."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session, select

from services.database.partnership_row import confine
from services.database.partnerships import Partnership
from services.domain.roles import Actor
from services.domain.working_days import Calendar, london_date

_CONTEXT = text(
    "select set_config('app.tenant', :tenant, true), set_config('app.person', :person, true)"
)


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """A transaction in which one actor works on one partnership's rows.

    ``once`` names the form that was posted, so that posting it twice acts once.
    """

    session: Session
    actor: Actor
    now: datetime
    calendar: Calendar
    partnership: Partnership
    once: UUID | None = None

    @property
    def today(self) -> date:
        """Return the date in England, on which every clock is read (C1)."""
        return london_date(self.now)


@contextmanager
def unit_of_work(
    engine: Engine, actor: Actor, now: datetime, calendar: Calendar, once: UUID | None = None
) -> Iterator[UnitOfWork]:
    """Open a transaction: kept on a clean exit, undone on any error.

    A demonstration partnership's practice clock moves ``now`` for that partnership only.
    """
    with Session(engine) as session:
        _give_context(session, actor)
        confine(session, actor.partnership_id)
        with session.begin():
            partnership = session.exec(select(Partnership)).one()
            moved = now + timedelta(seconds=partnership.practice_offset)
            yield UnitOfWork(session, actor, moved, calendar, partnership, once)


def _give_context(session: Session, actor: Actor) -> None:
    """Tell PostgreSQL, at the start of every transaction, whose rows may be seen."""

    @event.listens_for(session, "after_begin")
    def tell(_session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
        connection.execute(
            _CONTEXT, {"tenant": str(actor.partnership_id), "person": str(actor.person_id)}
        )
