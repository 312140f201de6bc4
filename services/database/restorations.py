"""That the database was put back from a backup, and whether its emails may leave again.

A restored database believes that emails wait which left long ago, and knows nothing of files stored
since. Until a person opens it no email leaves (`migrations/watch.sql`) and no stored file is
swept. Moments are the database's own.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import Column, DateTime, Engine, func, text, update
from sqlmodel import Field, Session, SQLModel, col, select

_CLOCK: Final = func.clock_timestamp()
_IS_HELD: Final = text("select watch.is_restored()")
_AWAITS: Final = text("select watch.awaits_replay()")


class Restoration(SQLModel, table=True):
    """One time that a release found the database restored; opened when its emails may leave.

    ``replayed_at`` is when what had been disposed of since the backup was disposed of again.
    """

    __tablename__ = "restorations"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    found_at: datetime | None = Field(
        default=None,
        sa_column=Column(DateTime(timezone=True), nullable=False, server_default=_CLOCK),
    )
    opened_at: datetime | None = Field(
        default=None, sa_column=Column(DateTime(timezone=True), nullable=True)
    )
    replayed_at: datetime | None = Field(
        default=None, sa_column=Column(DateTime(timezone=True), nullable=True)
    )


def is_restored(engine: Engine) -> bool:
    """Tell whether the database was restored and nobody has let its emails leave yet."""
    with engine.connect() as connection:
        return bool(connection.execute(_IS_HELD).scalar_one())


def awaits_replay(engine: Engine) -> bool:
    """Tell whether the database was restored, and the ledger of disposals is not replayed yet."""
    with engine.connect() as connection:
        return bool(connection.execute(_AWAITS).scalar_one())


def note_replayed(session: Session) -> None:
    """Note that the ledger was replayed in every partnership: people may sign in."""
    waiting = (col(Restoration.opened_at).is_(None), col(Restoration.replayed_at).is_(None))
    session.execute(update(Restoration).where(*waiting).values(replayed_at=_CLOCK))


def unopened(session: Session) -> Sequence[Restoration]:
    """Return the restorations after which emails still wait, oldest first."""
    question = select(Restoration).where(col(Restoration.opened_at).is_(None))
    return session.exec(question.order_by(col(Restoration.found_at))).all()


def open_all(session: Session) -> int:
    """Let emails leave from now on; return how many restorations had held them."""
    held = session.exec(
        select(Restoration).where(col(Restoration.opened_at).is_(None)).with_for_update()
    ).all()
    for one in held:
        one.opened_at = session.exec(select(_CLOCK)).one()
        session.add(one)
    return len(held)
