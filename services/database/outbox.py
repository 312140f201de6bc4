"""What must leave the house once a transaction is safe: letters, each once."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Index, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, Session, UniqueConstraint, col, func, select

from services.database.partnership_row import PartnershipRow, moment, of_case, word, written

_UNDELIVERED = "delivery in ('waiting to be sent', 'being sent')"
_CLAIMED = text("claimed_at < clock_timestamp() - interval '30 seconds'")
_DUE = text("(not_before is null or not_before <= clock_timestamp())")


class Delivery(StrEnum):
    """How far a parcel has come."""

    PENDING = "waiting to be sent"
    SENDING = "being sent"
    SENT = "sent"
    HELD = "held for a person"
    FAILED = "refused by the mail service"


class Parcel(PartnershipRow, table=True):
    """One letter to one address; the key makes it one, whatever is repeated (P3)."""

    __tablename__ = "parcels"
    __table_args__ = (
        of_case(),
        UniqueConstraint("tenant_id", "key", name="one_parcel_of_a_key"),
        Index("parcels_to_deliver", "delivery", postgresql_where=text(_UNDELIVERED)),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    key: str
    event: str
    recipient: str
    address: str
    words: dict[str, Any] = Field(sa_column=written())
    message_id: str
    delivery: Delivery = Field(sa_column=word(Delivery))
    claim: int = 0
    claimed_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    not_before: datetime | None = Field(default=None, sa_column=moment(optional=True))
    sent_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    posted_at: datetime = Field(sa_column=moment())
    last_error: str = ""


def add_parcel(session: Session, parcel: Parcel) -> None:
    """Keep the parcel unless one with its key is kept already."""
    values = parcel.model_dump()
    session.execute(
        insert(Parcel).values(**values).on_conflict_do_nothing(index_elements=["tenant_id", "key"])
    )


def claim(session: Session, most: int) -> list[Parcel]:
    """Take letters to send, oldest first, leaving those that another courier has in hand.

    The claim is counted and kept before the mail service is spoken to: whoever finds it after
    a crash knows that the letter may have gone.
    """
    found = session.exec(
        select(Parcel)
        .where(Parcel.delivery == Delivery.PENDING, _DUE)
        .order_by(col(Parcel.posted_at), col(Parcel.key))
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    return [_claimed(session, parcel) for parcel in found]


def claim_doubtful(session: Session, most: int) -> list[Parcel]:
    """Take letters whose courier died or lost the answer, so that nobody knows if they went."""
    found = session.exec(
        select(Parcel)
        .where(Parcel.delivery == Delivery.SENDING, _CLAIMED)
        .order_by(col(Parcel.posted_at), col(Parcel.key))
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    return [_claimed(session, parcel) for parcel in found]


def claimed(session: Session, parcel_id: UUID, claim_number: int) -> Parcel | None:
    """Return the parcel if this claim on it is still the newest."""
    return session.exec(
        select(Parcel)
        .where(
            Parcel.id == parcel_id,
            Parcel.claim == claim_number,
            Parcel.delivery == Delivery.SENDING,
        )
        .with_for_update()
    ).one_or_none()


def _claimed(session: Session, parcel: Parcel) -> Parcel:
    parcel.delivery = Delivery.SENDING
    parcel.claim += 1
    parcel.claimed_at = session.exec(select(func.clock_timestamp())).one()
    session.add(parcel)
    return parcel


def parcels(session: Session, case_id: UUID) -> list[Parcel]:
    """Return the case's letters in the order they were posted."""
    question = select(Parcel).where(Parcel.case_id == case_id)
    return list(session.exec(question.order_by(col(Parcel.posted_at), col(Parcel.key))))
