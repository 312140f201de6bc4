"""By what a person shows, besides their password, that it is them: app, passkeys, recovery codes.

These tables stand outside the partnerships, like the passwords, and only the sign-in role reads
them. Secrets are encrypted before they come here, codes are hashes; moments are the database's own.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Column, LargeBinary, delete, text
from sqlmodel import Field, Session, SQLModel, col, select

from services.database.sessions import CLOCK, ago, own_moment

CHALLENGE_LASTS: Final = timedelta(minutes=5)
_ONE_CHANGE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtextextended(:whose, 0))")


class CodeApp(SQLModel, table=True):
    """The app on a person's telephone that shows codes: the secret that both know, encrypted.

    ``last_step`` is the step of time of the last code that was taken: none up to it is taken again.
    """

    __tablename__ = "code_apps"

    person_id: UUID = Field(primary_key=True, foreign_key="people.id")
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    last_step: int = Field(sa_column=Column(BigInteger, nullable=False))
    added_at: datetime | None = Field(default=None, sa_column=own_moment())


class Passkey(SQLModel, table=True):
    """A key pair in a person's device: its public half, and how often it has signed."""

    __tablename__ = "passkeys"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="people.id", index=True)
    credential_id: bytes = Field(sa_column=Column(LargeBinary, nullable=False, unique=True))
    public_key: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sign_count: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    device: str = ""
    added_at: datetime | None = Field(default=None, sa_column=own_moment())


class PasskeyChallenge(SQLModel, table=True):
    """What a browser was asked to sign: used up by the first answer, right or wrong."""

    __tablename__ = "passkey_challenges"

    holder_sha256: str = Field(primary_key=True)
    challenge: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    made_at: datetime | None = Field(default=None, sa_column=own_moment())


class RecoveryCode(SQLModel, table=True):
    """One code on paper: its hash, gone once it was used."""

    __tablename__ = "recovery_codes"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="people.id", index=True)
    code_hash: str


def one_change_at_a_time(session: Session, person_id: UUID) -> None:
    """Let no other transaction change the person's second factors until this one ends."""
    session.execute(_ONE_CHANGE_AT_A_TIME, {"whose": f"second factors of {person_id}"})


def code_app_of(session: Session, person_id: UUID, *, locked: bool = False) -> CodeApp | None:
    """Return the person's app, if they have one; locked to take a code of it."""
    question = select(CodeApp).where(CodeApp.person_id == person_id)
    return session.exec(question.with_for_update() if locked else question).one_or_none()


def passkeys_of(session: Session, person_id: UUID) -> list[Passkey]:
    """Return the person's passkeys, the oldest first."""
    question = select(Passkey).where(Passkey.person_id == person_id)
    return list(session.exec(question.order_by(col(Passkey.added_at), col(Passkey.id))))


def recovery_codes_of(session: Session, person_id: UUID) -> list[RecoveryCode]:
    """Return the hashes of the codes that the person has left."""
    question = select(RecoveryCode).where(RecoveryCode.person_id == person_id)
    return list(session.exec(question.order_by(col(RecoveryCode.id))))


def forget_recovery_codes(session: Session, person_id: UUID) -> None:
    """Forget every code of the person."""
    session.execute(delete(RecoveryCode).where(col(RecoveryCode.person_id) == person_id))


def forget_factors(session: Session, person_id: UUID) -> None:
    """Forget everything besides the password by which the person showed that it is them."""
    session.execute(delete(CodeApp).where(col(CodeApp.person_id) == person_id))
    session.execute(delete(Passkey).where(col(Passkey.person_id) == person_id))
    forget_recovery_codes(session, person_id)


def keep_challenge(session: Session, holder_sha256: str, challenge: bytes) -> None:
    """Keep what the holder's browser is asked to sign, in place of what it was asked before."""
    take_challenge(session, holder_sha256)
    session.add(PasskeyChallenge(holder_sha256=holder_sha256, challenge=challenge))
    old = delete(PasskeyChallenge).where(col(PasskeyChallenge.made_at) <= ago(CHALLENGE_LASTS))
    session.execute(old)


def take_challenge(session: Session, holder_sha256: str) -> bytes | None:
    """Return what the holder's browser was asked in the last five minutes, once."""
    found = session.execute(
        delete(PasskeyChallenge)
        .where(col(PasskeyChallenge.holder_sha256) == holder_sha256)
        .returning(
            col(PasskeyChallenge.challenge), col(PasskeyChallenge.made_at) > ago(CHALLENGE_LASTS)
        )
    ).one_or_none()
    return found[0] if found is not None and found[1] else None


def moment_now(session: Session) -> datetime:
    """Return the database's own moment."""
    now: datetime = session.exec(select(CLOCK)).one()
    return now
