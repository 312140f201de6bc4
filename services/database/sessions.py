"""Who is signed in with which browser, and how often a door was tried.

Both tables stand outside the partnerships: a person signs in before choosing one. They hold
hashes, ids and moments only; moments are the database's own, so no clock can be practised on. The
engine here is that of the sign-in role, which sees no case.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Column, DateTime, Engine, Interval, cast, func, text
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Field, Session, SQLModel, col, or_, select

from services.database.engine import working_for
from services.database.partnerships import Partnership, installation
from services.database.people import Credential, Membership, Person
from services.database.signed_context import NONE_CHOSEN
from services.domain.audit import INSTALLATION

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
WINDOW = timedelta(minutes=15)
SEEN_AGAIN = timedelta(minutes=1)
_CLOCK = func.clock_timestamp()
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtextextended(:door, 0))")


class WebSession(SQLModel, table=True):
    """One browser in which a person is signed in; only the hash of what it carries is kept."""

    __tablename__ = "web_sessions"

    carried_sha256: str = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="people.id", index=True)
    membership_id: UUID | None = None
    form_secret: str
    started_at: datetime | None = Field(
        default=None,
        sa_column=Column(DateTime(timezone=True), nullable=False, server_default=_CLOCK),
    )
    seen_at: datetime | None = Field(
        default=None,
        sa_column=Column(DateTime(timezone=True), nullable=False, server_default=_CLOCK),
    )


class SignInAttempt(SQLModel, table=True):
    """One try at a door, by the hash of the account or of the address it came from."""

    __tablename__ = "sign_in_attempts"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    door_sha256: str = Field(index=True)
    tried_at: datetime | None = Field(
        default=None,
        sa_column=Column(DateTime(timezone=True), nullable=False, server_default=_CLOCK),
    )


@contextmanager
def at_the_door(
    engine: Engine, person_id: UUID | None = None, partnership_id: UUID = NONE_CHOSEN
) -> Iterator[Session]:
    """Open a transaction before a partnership is chosen; a known person sees their own roles.

    What is appended to the audit then stands in the chain of every partnership of the person, of
    the one that is being chosen, or for a stranger in the installation's own, at the same price.
    """
    known = engine
    if person_id is not None:
        known = working_for(engine, partnership_id, person_id)
    with Session(known) as session, session.begin():
        yield session


@contextmanager
def of_installation(engine: Engine, person_id: UUID = NONE_CHOSEN) -> Iterator[Session]:
    """Open a transaction of the installation itself, on its own chain and of no partnership.

    Where a person acts for it, what is appended says so.
    """
    with Session(working_for(engine, INSTALLATION, person_id)) as session, session.begin():
        yield session


def live_session(session: Session, carried_sha256: str) -> WebSession | None:
    """Return the session if it was used in the last half hour and began in the last twelve."""
    return session.exec(
        select(WebSession).where(
            WebSession.carried_sha256 == carried_sha256,
            col(WebSession.seen_at) > _ago(IDLE),
            col(WebSession.started_at) > _ago(ABSOLUTE),
        )
    ).one_or_none()


def ended_session(session: Session, carried_sha256: str) -> WebSession | None:
    """Return the session if it ended by itself, not used or too old, in the last twelve hours."""
    return session.exec(
        select(WebSession).where(
            WebSession.carried_sha256 == carried_sha256,
            col(WebSession.seen_at) > _ago(ABSOLUTE),
            or_(
                col(WebSession.seen_at) <= _ago(IDLE), col(WebSession.started_at) <= _ago(ABSOLUTE)
            ),
        )
    ).one_or_none()


def see_again(session: Session, row: WebSession) -> None:
    """Keep that the session is in use, at most once a minute."""
    stale = session.exec(
        select(WebSession.carried_sha256)
        .where(
            WebSession.carried_sha256 == row.carried_sha256,
            col(WebSession.seen_at) <= _ago(SEEN_AGAIN),
        )
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if stale is not None:
        row.seen_at = session.exec(select(_CLOCK)).one()
        session.add(row)


def clear_old(session: Session) -> None:
    """Forget sessions and tries that can no longer matter."""
    for old in session.exec(select(WebSession).where(col(WebSession.seen_at) <= _ago(ABSOLUTE))):
        session.delete(old)
    for past in session.exec(
        select(SignInAttempt).where(col(SignInAttempt.tried_at) <= _ago(WINDOW)).limit(500)
    ):
        session.delete(past)


def tries(session: Session, door_sha256: str) -> int:
    """Return how often this door was tried in the last quarter of an hour."""
    return session.exec(
        select(func.count(col(SignInAttempt.id))).where(
            SignInAttempt.door_sha256 == door_sha256,
            col(SignInAttempt.tried_at) > _ago(WINDOW),
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


def credential_of(session: Session, email: str) -> Credential | None:
    """Return what the password of the person with this address is checked against."""
    question = select(Credential).join(Person, col(Person.id) == col(Credential.person_id))
    return session.exec(question.where(Person.email == email)).one_or_none()


def roles_held(
    session: Session, person_id: UUID, today: date
) -> list[tuple[Membership, Partnership]]:
    """Return the roles this person holds today, in every partnership (GOV-12), or in none.

    A platform administrator serves the installation itself, which stands where a partnership does.
    """
    found = session.exec(
        select(Membership, Partnership)
        .join(Partnership, col(Partnership.tenant_id) == col(Membership.tenant_id), isouter=True)
        .where(
            Membership.person_id == person_id,
            or_(col(Partnership.tenant_id).is_not(None), Membership.tenant_id == INSTALLATION),
            col(Membership.from_on) <= today,
            (col(Membership.to_on).is_(None)) | (col(Membership.to_on) >= today),
        )
        .order_by(col(Partnership.name), col(Membership.role), col(Membership.id))
    )
    return [(held, partnership or installation()) for held, partnership in found]


def _ago(length: timedelta) -> ColumnElement[datetime]:
    return _CLOCK - cast(length, Interval)
