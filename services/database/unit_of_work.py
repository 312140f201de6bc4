"""One act, one transaction, one partnership."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, select

from services.database import audit
from services.database.bank_holidays import calendar_in_force
from services.database.engine import working_for
from services.database.partnership_row import confine
from services.database.partnerships import Partnership, installation
from services.domain.audit import INSTALLATION
from services.domain.errors import Unavailable
from services.domain.roles import Actor
from services.domain.working_days import Calendar, london_date


class NothingShown(Unavailable):
    """The database shows the actor's partnership nothing: it does not accept the context key."""

    def __init__(self) -> None:
        super().__init__("The record does not accept this installation's context key.")


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """A transaction in which one actor works on one partnership's rows.

    ``predicted`` is the calendar of this release, before what operations put on record since.
    ``once`` names the form that was posted, so that posting it twice acts once; ``begun`` is the
    key of the form that had saved the draft with which it was opened, if it was opened with one.
    ``proof_is_old`` says that the person must show again that it is them before they decide.
    ``links`` is what the audit chain will tell of the transaction. ``recorded_at`` is when what is
    done is put on record, where it was done earlier (``now``): a case that is taken over.
    """

    session: Session
    actor: Actor
    now: datetime
    predicted: Calendar
    partnership: Partnership
    once: UUID | None = None
    begun: UUID | None = None
    proof_is_old: bool = False
    recorded_at: datetime | None = None
    links: list[audit.NewLink] = field(default_factory=list)

    @property
    def today(self) -> date:
        """Return the date in England, on which every clock is read (C1)."""
        return london_date(self.now)

    @property
    def real_today(self) -> date:
        """Return today without the practice clock: who signs in is judged by that."""
        return london_date(self.now - timedelta(seconds=self.partnership.practice_offset))

    @property
    def calendar(self) -> Calendar:
        """Return the bank holidays in force; they are read where a day is counted, and once."""
        return calendar_in_force(self.session, self.predicted)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what fails inside, and nothing else; what was undone leaves no link."""
        kept = len(self.links)
        try:
            with self.session.begin_nested():
                yield
        except BaseException:
            del self.links[kept:]
            raise


@contextmanager
def unit_of_work(
    engine: Engine, actor: Actor, now: datetime, calendar: Calendar, once: UUID | None = None
) -> Iterator[UnitOfWork]:
    """Open a transaction: kept on a clean exit, undone on any error.

    A demonstration partnership's practice clock moves ``now`` for that partnership only. Who serves
    the installation itself works on its rows, which belong to no partnership.
    """
    with Session(working_for(engine, actor.partnership_id, actor.person_id)) as session:
        confine(session, actor.partnership_id)
        with session.begin():
            partnership = _partnership_of(session, actor)
            moved = now + timedelta(seconds=partnership.practice_offset)
            work = UnitOfWork(session, actor, moved, calendar, partnership, once)
            yield work
            audit.append(session, work.links)


def _partnership_of(session: Session, actor: Actor) -> Partnership:
    if actor.partnership_id == INSTALLATION:
        return installation()
    partnership = session.exec(select(Partnership)).one_or_none()
    if partnership is None:
        raise NothingShown
    return partnership
