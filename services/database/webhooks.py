"""Where systems are told by webhook that something happened, and each message, until it is taken.

A message is written by a trigger of the database (`migrations/webhooks.sql`), in the transaction of
what it tells: no act can forget it, and what was undone is told to nobody.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, LargeBinary, text
from sqlmodel import Field, Session, col, func, select

from services.database.directory import DirectoryRow
from services.database.partnership_row import (
    PartnershipRow,
    coded,
    locked,
    moment,
    of_case,
    written,
)
from services.domain.errors import NotFound
from services.domain.webhooks import DeliveryStanding, WebhookEvent

MOST_SHOWN: Final = 100


class Webhook(DirectoryRow, table=True):
    """An address at which a system is told: who entered it, who answered, and how it ended.

    What it says is never changed. ``sealed`` is the signing secret under the partnership's key,
    ``sealed_before`` the one before it, which is signed with as well until ``before_until``.
    """

    __tablename__ = "webhooks"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "membership_id"], ["memberships.tenant_id", "memberships.id"]
        ),
        ForeignKeyConstraint(["added_by"], ["people.id"]),
        ForeignKeyConstraint(["answered_by"], ["people.id"]),
        CheckConstraint("answered_by <> added_by", name="two_people_enter_a_webhook"),
        Index("webhooks_of_a_system", "tenant_id", "membership_id"),
    )

    membership_id: UUID
    address: str
    events: str
    reasons: str
    added_by: UUID
    added_at: datetime = Field(sa_column=moment())
    is_confirmed: bool | None = None
    answered_by: UUID | None = None
    answered_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    grounds: str = ""
    ended_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    ended_because: str = ""
    sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    sealed_before: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    before_until: datetime | None = Field(default=None, sa_column=moment(optional=True))

    @property
    def said(self) -> Mapping[str, str]:
        """Return which system is told of what, where, and why."""
        return {
            "membership": str(self.membership_id),
            "address": self.address,
            "events": self.events,
            "reasons": self.reasons,
        }

    @property
    def waits(self) -> bool:
        """Tell whether a second administrator has to answer."""
        return self.is_confirmed is None and self.ended_at is None

    @property
    def holds(self) -> bool:
        """Tell whether it was confirmed and has not ended."""
        return bool(self.is_confirmed) and self.ended_at is None


class WebhookDelivery(PartnershipRow, table=True):
    """One message to one address: when it is sent next, and what came of each try.

    ``tries`` is the journal: of each try when it was and what was answered, and nothing of a body.
    """

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        of_case(),
        ForeignKeyConstraint(["tenant_id", "webhook_id"], ["webhooks.tenant_id", "webhooks.id"]),
        Index("deliveries_of_a_webhook", "tenant_id", "webhook_id", "at"),
        Index("deliveries_of_a_case", "tenant_id", "case_id"),
        Index(
            "deliveries_to_make",
            "tenant_id",
            "next_at",
            postgresql_where=text("standing = 'waits'"),
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    webhook_id: UUID
    case_id: UUID
    event: WebhookEvent = Field(sa_column=coded(WebhookEvent))
    at: datetime = Field(sa_column=moment())
    standing: DeliveryStanding = Field(sa_column=coded(DeliveryStanding))
    next_at: datetime = Field(sa_column=moment())
    vain: int = 0
    tries: list[dict[str, Any]] = Field(sa_column=written())


def webhooks(session: Session, membership_id: UUID | None = None) -> Sequence[Webhook]:
    """Return every address that was entered for the system, or for all of them, newest first."""
    question = select(Webhook).order_by(col(Webhook.added_at).desc(), col(Webhook.id))
    if membership_id is not None:
        question = question.where(Webhook.membership_id == membership_id)
    return session.exec(question).all()


def get_webhook(session: Session, webhook_id: UUID, *, for_change: bool = False) -> Webhook:
    """Return one address, locked for a change; another partnership's is simply not found."""
    question = select(Webhook).where(Webhook.id == webhook_id)
    found = session.exec(locked(question) if for_change else question).one_or_none()
    if found is None:
        raise NotFound("There is no such address in this partnership.")
    return found


def deliveries(session: Session, ids: Collection[UUID]) -> Sequence[WebhookDelivery]:
    """Return the newest messages to these addresses."""
    question = select(WebhookDelivery).where(col(WebhookDelivery.webhook_id).in_(ids))
    newest = (col(WebhookDelivery.at).desc(), col(WebhookDelivery.id))
    return session.exec(question.order_by(*newest).limit(MOST_SHOWN)).all()


def claim_delivery(session: Session, lease: timedelta) -> WebhookDelivery | None:
    """Take the message that has waited longest, and put it off by so long, in case we die.

    The message is found again then, and sent again under the same id: at least once.
    """
    clock = func.clock_timestamp()
    found = session.exec(
        select(WebhookDelivery)
        .where(
            WebhookDelivery.standing == DeliveryStanding.WAITS,
            col(WebhookDelivery.next_at) <= clock,
        )
        .order_by(col(WebhookDelivery.next_at), col(WebhookDelivery.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if found is not None:
        found.next_at = session.exec(select(func.clock_timestamp())).one() + lease
        session.add(found)
    return found


def delivery_of(session: Session, delivery_id: UUID) -> WebhookDelivery | None:
    """Return the message, locked, unless its case was disposed of meanwhile."""
    question = select(WebhookDelivery).where(WebhookDelivery.id == delivery_id)
    return session.exec(locked(question)).one_or_none()


def send_again(session: Session, ids: Collection[UUID], webhook_ids: Collection[UUID]) -> int:
    """Let these messages to these addresses wait to be sent now; return how many there are."""
    question = select(WebhookDelivery).where(
        col(WebhookDelivery.id).in_(ids), col(WebhookDelivery.webhook_id).in_(webhook_ids)
    )
    found = session.exec(locked(question)).all()
    for one in found:
        one.standing, one.vain = DeliveryStanding.WAITS, 0
        one.next_at = session.exec(select(func.clock_timestamp())).one()
        session.add(one)
    return len(found)
