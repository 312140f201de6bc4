"""The addresses at which other programs read a person's calendar: hashes, ids, codes and moments.

Only the sign-in role reads them, as it does sessions: which person it is has to be known before a
partnership is. Moments are the database's own, and so is how old an address is.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Column, DateTime, Text, Uuid, text
from sqlmodel import Field, Session, SQLModel, col, select

from services.database.partnership_row import coded
from services.database.sessions import CLOCK, ago, own_moment
from services.domain.calendar_feeds import LASTS, FeedKind


class CalendarFeed(SQLModel, table=True):
    """One address of a calendar, by its SHA-256: of which person, in which role of theirs.

    ``id`` is how its owner names it when they end it. ``methods`` and ``provider`` say how they had
    proved who they are when they made it: what vouches for them no longer opens it no longer.
    """

    __tablename__ = "calendar_feeds"

    address_sha256: str = Field(primary_key=True)
    id: UUID = Field(
        default_factory=uuid4,
        sa_column=Column(
            Uuid(), nullable=False, unique=True, server_default=text("gen_random_uuid()")
        ),
    )
    person_id: UUID = Field(foreign_key="people.id", index=True)
    membership_id: UUID
    kind: FeedKind = Field(sa_column=coded(FeedKind))
    methods: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    provider: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    made_at: datetime | None = Field(default=None, sa_column=own_moment())
    read_at: datetime | None = Field(
        default=None, sa_column=Column(DateTime(timezone=True), nullable=True)
    )


@dataclass(frozen=True, slots=True)
class LiveFeed:
    """An address that opens a calendar now, and the database's own moment at which it was read."""

    row: CalendarFeed
    at: datetime


def live_feed(session: Session, address_sha256: str) -> LiveFeed | None:
    """Return the address if it is not older than a year; its row is locked."""
    found = session.exec(
        select(CalendarFeed, CLOCK)
        .where(
            CalendarFeed.address_sha256 == address_sha256, col(CalendarFeed.made_at) > ago(LASTS)
        )
        .with_for_update(of=CalendarFeed)
    ).one_or_none()
    return None if found is None else LiveFeed(*found)


def feeds_of(session: Session, person_id: UUID, membership_id: UUID) -> list[CalendarFeed]:
    """Return the addresses that the person has in that role, the newest first."""
    question = select(CalendarFeed).where(
        CalendarFeed.person_id == person_id,
        CalendarFeed.membership_id == membership_id,
        col(CalendarFeed.made_at) > ago(LASTS),
    )
    return list(session.exec(question.order_by(col(CalendarFeed.made_at).desc())))


def own_feed(session: Session, person_id: UUID, feed_id: UUID) -> CalendarFeed | None:
    """Return the address of that id, if it is the person's own; its row is locked."""
    question = select(CalendarFeed).where(
        CalendarFeed.person_id == person_id, CalendarFeed.id == feed_id
    )
    return session.exec(question.with_for_update()).one_or_none()


def forget_old(session: Session) -> None:
    """Forget what opens nothing any more."""
    for old in session.exec(select(CalendarFeed).where(col(CalendarFeed.made_at) <= ago(LASTS))):
        session.delete(old)
