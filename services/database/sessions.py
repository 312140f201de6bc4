"""Who is signed in with which browser, and how they proved who they are.

The table stands outside the partnerships: a person signs in before choosing one. It holds hashes,
ids, codes and moments only; moments are the database's own, so no clock can be practised on. The
engine here is that of the sign-in role, which sees no case.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Column, DateTime, Engine, Interval, Text, Uuid, cast, func, text
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Field, Session, SQLModel, col, or_, select

from services.database.engine import working_for
from services.database.partnerships import Partnership, installation
from services.database.people import Credential, Membership, Person
from services.database.signed_context import NONE_CHOSEN
from services.domain.audit import INSTALLATION

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
SEEN_AGAIN = timedelta(minutes=1)
CLOCK = func.clock_timestamp()
_END_TOKENS = text("delete from api_tokens where person_id = :person")
_END_CALENDARS = text("delete from calendar_feeds where person_id = :person")


def own_moment() -> Column[Any]:
    """Return a column for a moment that the database writes by its own clock."""
    return Column(DateTime(timezone=True), nullable=False, server_default=CLOCK)


class WebSession(SQLModel, table=True):
    """One browser in which a person is signed in; only the hash of what it carries is kept.

    ``id`` is how its owner names it when they end it. ``methods`` are the codes of how they proved
    who they are (`domain/accounts.py`), and ``proved_at`` when they last did. ``device`` says the
    kind of browser and machine in words of ours, never as the browser put it.

    Where an organisation's ``provider`` signed the person in, ``provider_sid`` is its own session
    and ``identity_id`` who the person is there; after ``vouched_until`` it is asked again.
    """

    __tablename__ = "web_sessions"

    carried_sha256: str = Field(primary_key=True)
    id: UUID = Field(
        default_factory=uuid4,
        sa_column=Column(
            Uuid(), nullable=False, unique=True, server_default=text("gen_random_uuid()")
        ),
    )
    person_id: UUID = Field(foreign_key="people.id", index=True)
    membership_id: UUID | None = None
    form_secret: str
    methods: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    device: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    started_at: datetime | None = Field(default=None, sa_column=own_moment())
    seen_at: datetime | None = Field(default=None, sa_column=own_moment())
    proved_at: datetime | None = Field(default=None, sa_column=own_moment())
    provider: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    provider_sid: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    identity_id: UUID | None = None
    vouched_until: datetime | None = Field(
        default=None, sa_column=Column(DateTime(timezone=True), nullable=True)
    )


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session that is in use, and the database's own moment at which it was read."""

    row: WebSession
    at: datetime


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


def live_session(session: Session, carried_sha256: str) -> LiveSession | None:
    """Return the session if it was used in the last half hour and began in the last twelve."""
    found = session.exec(
        select(WebSession, CLOCK).where(WebSession.carried_sha256 == carried_sha256, *_is_live())
    ).one_or_none()
    return LiveSession(*found) if found is not None else None


def live_sessions_of(session: Session, person_id: UUID) -> list[WebSession]:
    """Return the browsers in which the person is signed in, the one used last first."""
    question = select(WebSession).where(WebSession.person_id == person_id, *_is_live())
    newest = (col(WebSession.seen_at).desc(), col(WebSession.id))
    return list(session.exec(question.order_by(*newest)))


def end_sessions(
    session: Session, person_id: UUID, *, only: UUID | None = None, but: str = ""
) -> int:
    """End the person's sessions and return how many: one by its id, or all but the one carried.

    With all of them end the tokens of the API that act in the person's name.
    """
    chosen = [col(WebSession.person_id) == person_id]
    if only is not None:
        chosen.append(col(WebSession.id) == only)
    if but:
        chosen.append(col(WebSession.carried_sha256) != but)
    found = session.exec(select(WebSession).where(*chosen)).all()
    for row in found:
        session.delete(row)
    if only is None:
        session.execute(_END_TOKENS, {"person": person_id})
    return len(found)


def let_end(session: Session, person_id: UUID, *, only: UUID | None = None, but: str = "") -> int:
    """End live sessions as if they were too old, and return how many; tokens as `end_sessions`.

    They open nothing any more. Their rows stay for as long as one that ended by itself: what
    somebody was typing there is kept for them when it is sent too late.
    """
    chosen = [col(WebSession.person_id) == person_id, *_is_live()]
    if only is not None:
        chosen.append(col(WebSession.id) == only)
    if but:
        chosen.append(col(WebSession.carried_sha256) != but)
    found = session.exec(select(WebSession).where(*chosen)).all()
    for row in found:
        row.started_at = session.exec(select(ago(ABSOLUTE))).one()
        session.add(row)
    if only is None:
        session.execute(_END_TOKENS, {"person": person_id})
    return len(found)


def shut_out(session: Session, person_id: UUID) -> None:
    """End all that was opened in the person's name: sessions, tokens, addresses of calendars.

    It is for an account of which somebody else may have got hold.
    """
    end_sessions(session, person_id)
    session.execute(_END_CALENDARS, {"person": person_id})


def ended_session(session: Session, carried_sha256: str) -> WebSession | None:
    """Return the session if it ended by itself, or by `let_end`, in the last twelve hours."""
    return session.exec(
        select(WebSession).where(
            WebSession.carried_sha256 == carried_sha256,
            col(WebSession.seen_at) > ago(ABSOLUTE),
            or_(
                col(WebSession.seen_at) <= ago(IDLE),
                col(WebSession.started_at) <= ago(ABSOLUTE),
                col(WebSession.vouched_until) <= CLOCK,
            ),
        )
    ).one_or_none()


def session_to_vouch_for(session: Session, carried_sha256: str) -> WebSession | None:
    """Return the session if it is in use and its provider is to be asked again."""
    return session.exec(
        select(WebSession).where(
            WebSession.carried_sha256 == carried_sha256,
            *_is_in_use(),
            col(WebSession.vouched_until) <= CLOCK,
        )
    ).one_or_none()


def sessions_by_provider(
    session: Session, provider: str, *, sid: str = "", identity_id: UUID | None = None
) -> list[WebSession]:
    """Return the sessions that the provider began: of a session there, of a person, or of both."""
    question = select(WebSession).where(WebSession.provider == provider)
    if sid:
        question = question.where(WebSession.provider_sid == sid)
    if identity_id is not None:
        question = question.where(WebSession.identity_id == identity_id)
    return list(session.exec(question.order_by(col(WebSession.carried_sha256))))


def see_again(session: Session, row: WebSession) -> None:
    """Keep that the session is in use, at most once a minute."""
    stale = session.exec(
        select(WebSession.carried_sha256)
        .where(
            WebSession.carried_sha256 == row.carried_sha256,
            col(WebSession.seen_at) <= ago(SEEN_AGAIN),
        )
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if stale is not None:
        row.seen_at = session.exec(select(CLOCK)).one()
        session.add(row)


def clear_old(session: Session) -> None:
    """Forget sessions that can no longer matter."""
    for old in session.exec(select(WebSession).where(col(WebSession.seen_at) <= ago(ABSOLUTE))):
        session.delete(old)


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


def _is_live() -> tuple[ColumnElement[bool], ...]:
    until = col(WebSession.vouched_until)
    return (*_is_in_use(), or_(until.is_(None), until > CLOCK))


def _is_in_use() -> tuple[ColumnElement[bool], ...]:
    return (col(WebSession.seen_at) > ago(IDLE), col(WebSession.started_at) > ago(ABSOLUTE))


def ago(length: timedelta) -> ColumnElement[datetime]:
    """Return the moment so long ago, by the database's own clock."""
    return CLOCK - cast(length, Interval)
