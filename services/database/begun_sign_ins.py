"""What is begun at the door and not finished: a sign-in without its second factor, a reset.

Both are found by the SHA-256 of what somebody brings; moments are the database's own.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Column, DateTime, delete
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Field, Session, SQLModel, col, select

from services.database.sessions import CLOCK, ago, own_moment

BEGUN_LASTS: Final = timedelta(minutes=15)
RESET_LASTS: Final = timedelta(minutes=30)
RESET_FORGOTTEN: Final = timedelta(days=1)


class BegunSignIn(SQLModel, table=True):
    """A browser whose person gave the right password and has not shown a second factor yet.

    It is no session: nothing opens to it but the page of the second step.
    """

    __tablename__ = "begun_sign_ins"

    carried_sha256: str = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="people.id", index=True)
    begun_at: datetime | None = Field(default=None, sa_column=own_moment())


class PasswordReset(SQLModel, table=True):
    """A one-time address at which the owner of an account chooses another password."""

    __tablename__ = "password_resets"

    address_sha256: str = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="people.id", index=True)
    made_at: datetime | None = Field(default=None, sa_column=own_moment())
    used_at: datetime | None = Field(
        default=None, sa_column=Column(DateTime(timezone=True), nullable=True)
    )


def begun_sign_in(session: Session, carried_sha256: str) -> BegunSignIn | None:
    """Return the sign-in that was begun in the last quarter of an hour, if it is this browser's."""
    question = select(BegunSignIn).where(
        BegunSignIn.carried_sha256 == carried_sha256, col(BegunSignIn.begun_at) > ago(BEGUN_LASTS)
    )
    return session.exec(question).one_or_none()


def forget_begun(session: Session, person_id: UUID) -> None:
    """Forget every sign-in that the person has begun, and what of others is too old."""
    _forget(session, col(BegunSignIn.person_id) == person_id)


def forget_begun_here(session: Session, carried_sha256: str) -> None:
    """Forget what this browser has begun, and what of others is too old."""
    _forget(session, col(BegunSignIn.carried_sha256) == carried_sha256)


def _forget(session: Session, chosen: ColumnElement[bool]) -> None:
    old = col(BegunSignIn.begun_at) <= ago(BEGUN_LASTS)
    session.execute(delete(BegunSignIn).where(chosen | old))


def open_reset(session: Session, address_sha256: str) -> PasswordReset | None:
    """Return the reset at this address, locked, if it is not used and not half an hour old."""
    question = select(PasswordReset).where(
        PasswordReset.address_sha256 == address_sha256,
        col(PasswordReset.used_at).is_(None),
        col(PasswordReset.made_at) > ago(RESET_LASTS),
    )
    return session.exec(question.with_for_update()).one_or_none()


def forget_reset(session: Session, address_sha256: str) -> None:
    """Forget an address whose email did not leave."""
    chosen = col(PasswordReset.address_sha256) == address_sha256
    session.execute(delete(PasswordReset).where(chosen))


def forget_old_resets(session: Session) -> None:
    """Forget addresses that opened nothing any more a day ago."""
    session.execute(delete(PasswordReset).where(col(PasswordReset.made_at) <= ago(RESET_FORGOTTEN)))


def close_resets(session: Session, person_id: UUID) -> None:
    """Close every one-time address at which this person could choose a password."""
    question = select(PasswordReset).where(
        PasswordReset.person_id == person_id, col(PasswordReset.used_at).is_(None)
    )
    for row in session.exec(question):
        row.used_at = session.exec(select(CLOCK)).one()
        session.add(row)
