"""How often a door was tried: to sign in, to collect, to give a code.

Only hashes and the database's own moments are kept, outside the partnerships.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, text
from sqlmodel import Field, Session, SQLModel, col, select

from services.database.sessions import ago, own_moment

WINDOW = timedelta(minutes=15)
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtextextended(:door, 0))")


class SignInAttempt(SQLModel, table=True):
    """One try at a door, by the hash of the account or of the address it came from."""

    __tablename__ = "sign_in_attempts"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    door_sha256: str = Field(index=True)
    tried_at: datetime | None = Field(default=None, sa_column=own_moment())


def clear_old_tries(session: Session) -> None:
    """Forget tries that can no longer matter."""
    for past in session.exec(
        select(SignInAttempt).where(col(SignInAttempt.tried_at) <= ago(WINDOW)).limit(500)
    ):
        session.delete(past)


def tries(session: Session, door_sha256: str) -> int:
    """Return how often this door was tried in the last quarter of an hour."""
    return session.exec(
        select(func.count(col(SignInAttempt.id))).where(
            SignInAttempt.door_sha256 == door_sha256,
            col(SignInAttempt.tried_at) > ago(WINDOW),
        )
    ).one()


def one_at_a_time(session: Session, door_sha256: str) -> None:
    """Let no other transaction count tries at this door until this one ends."""
    session.execute(_ONE_AT_A_TIME, {"door": door_sha256})


def note_try(session: Session, doors: tuple[str, ...]) -> tuple[UUID, ...]:
    """Count one try at each of these doors, and return by what it is found again."""
    attempts = [SignInAttempt(door_sha256=door) for door in doors]
    session.add_all(attempts)
    return tuple(attempt.id for attempt in attempts)


def take_back(session: Session, noted: tuple[UUID, ...]) -> None:
    """Count these tries no longer."""
    for attempt in session.exec(select(SignInAttempt).where(col(SignInAttempt.id).in_(noted))):
        session.delete(attempt)
