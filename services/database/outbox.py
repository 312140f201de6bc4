"""Transactional outbox: emails to send after the commit, each once."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Engine, Index, TextClause, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, Session, UniqueConstraint, and_, col, func, or_, select

from services.database.partnership_row import (
    PartnershipRow,
    coded,
    locked,
    moment,
    of_case,
    written,
)
from services.domain.emails import EmailTrigger
from services.domain.identifiers import PartnershipId
from services.domain.message_ids import in_domain
from services.domain.recipients import Recipient
from services.domain.working_days import london_date
from services.observability.request_ids import current_request_id

_UNDELIVERED = "delivery in ('pending', 'sending')"
_WAITS = "waits_until is not null"
_BUNDLED = "digest_id is not null"
_CLAIMED = text("claimed_at < clock_timestamp() - interval '30 seconds'")
_TRY_LOCK = text("select pg_try_advisory_xact_lock(hashtextextended(:courier, 0))")
_NO_DISPATCH = text("not content ? 'dispatch'")
_INVITES = text("content ? 'invitation'")
_DUE = text("(not_before is null or not_before <= clock_timestamp())")


class DeliveryStatus(StrEnum):
    """How far an email has come."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    HELD = "held"
    FAILED = "failed"
    STOPPED = "stopped"
    WAITING = "waiting"


TELL_AFTER = 6  # vain attempts: about 23 minutes after the first (P11)
FOR_A_PERSON = frozenset({DeliveryStatus.HELD, DeliveryStatus.FAILED})
NOT_HANDED_OVER = frozenset({DeliveryStatus.PENDING, DeliveryStatus.SENDING})


class OutboxEmail(PartnershipRow, table=True):
    """One email to one address; the key keeps it one when an act is repeated (P3).

    An email about the partnership itself has no case. ``request_id`` is that of the page's request
    by which it was written, if there was one. ``waits_until`` is until when it waits for a digest
    or the end of quiet hours, ``digest_id`` is the digest with which it goes.
    """

    __tablename__ = "outbox_emails"
    __table_args__ = (
        of_case(),
        UniqueConstraint("tenant_id", "key", name="one_email_of_a_key"),
        Index("emails_of_a_case", "tenant_id", "case_id"),
        Index("emails_to_deliver", "delivery", postgresql_where=text(_UNDELIVERED)),
        Index("emails_that_wait", "tenant_id", "waits_until", postgresql_where=text(_WAITS)),
        Index("emails_of_a_digest", "tenant_id", "digest_id", postgresql_where=text(_BUNDLED)),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID | None = None
    key: str
    event: EmailTrigger = Field(sa_column=coded(EmailTrigger))
    recipient: Recipient = Field(sa_column=coded(Recipient))
    address: str
    content: dict[str, Any] = Field(sa_column=written())
    message_id: str
    delivery: DeliveryStatus = Field(sa_column=coded(DeliveryStatus))
    claim: int = 0
    claimed_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    not_before: datetime | None = Field(default=None, sa_column=moment(optional=True))
    sent_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    posted_at: datetime = Field(sa_column=moment())
    last_error: str = ""
    waits_until: datetime | None = Field(default=None, sa_column=moment(optional=True))
    digest_id: UUID | None = Field(default=None, index=False)
    request_id: str = Field(
        default_factory=current_request_id, sa_column_kwargs={"server_default": ""}
    )

    @property
    def is_past_due(self) -> bool:
        """Tell whether the day by which it asks for something had passed when it was ordered."""
        due: str | None = self.content.get("due")
        return due is not None and date.fromisoformat(due) < london_date(self.posted_at)

    @property
    def is_for_a_person(self) -> bool:
        """Tell whether only a person can settle it; a refused dispatch is sent another way."""
        is_dispatch = "dispatch" in self.content
        return self.delivery is DeliveryStatus.HELD or (
            self.delivery is DeliveryStatus.FAILED and not is_dispatch
        )


def add_emails(session: Session, case_emails: list[OutboxEmail]) -> None:
    """Keep each email unless one with its key is kept already."""
    if case_emails:
        rows = insert(OutboxEmail).values([one.model_dump() for one in case_emails])
        session.execute(rows.on_conflict_do_nothing(index_elements=["tenant_id", "key"]))


@contextmanager
def only_courier(engine: Engine, partnership_id: PartnershipId) -> Iterator[bool]:
    """Hold the lock of a partnership's outbox; yield whether this courier got it.

    The lock is that of an open transaction that does nothing else, so it ends when the courier's
    process does, and a pooler keeps it on one connection. No courier takes an email for lost that
    another one is slow to hand over.
    """
    with engine.connect() as link:
        name = {"courier": f"courier of {partnership_id}"}
        yield bool(link.execute(_TRY_LOCK, name).scalar_one())


def claim(session: Session, domain: str) -> OutboxEmail | None:
    """Take the oldest email that waits, skipping those that another courier has claimed.

    Its Message-ID gets the domain from which it is sent. One that may have gone keeps the one by
    which the mail service is asked about it.

    The claim is counted and kept before the mail service is spoken to: a courier that finds it
    after a crash knows that the email may have gone.
    """
    return _claimed(session, OutboxEmail.delivery == DeliveryStatus.PENDING, _DUE, domain=domain)


def claim_doubtful(session: Session) -> OutboxEmail | None:
    """Take an email whose courier died or lost the answer: it may or may not have gone."""
    return _claimed(session, OutboxEmail.delivery == DeliveryStatus.SENDING, _CLAIMED)


def claimed(session: Session, email_id: UUID, claim_number: int) -> OutboxEmail | None:
    """Return the email if this claim on it is still the newest."""
    return session.exec(
        select(OutboxEmail)
        .where(
            OutboxEmail.id == email_id,
            OutboxEmail.claim == claim_number,
            OutboxEmail.delivery == DeliveryStatus.SENDING,
        )
        .with_for_update()
    ).one_or_none()


def _claimed(
    session: Session, *which: ColumnElement[bool] | TextClause | bool, domain: str | None = None
) -> OutboxEmail | None:
    email = session.exec(
        select(OutboxEmail)
        .where(*which)
        .order_by(col(OutboxEmail.posted_at), col(OutboxEmail.key))
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if email is not None:
        # In one statement: PostgreSQL looks at a row's case again, and waits for whoever holds it,
        # where a transaction changes the row a second time.
        now = session.exec(select(func.clock_timestamp())).one()
        email.delivery, email.claimed_at = DeliveryStatus.SENDING, now
        email.claim += 1
        if domain is not None:
            email.message_id = in_domain(email.message_id, domain)
        session.add(email)
    return email


def case_emails(session: Session, case_id: UUID) -> list[OutboxEmail]:
    """Return the case's emails in the order they were posted."""
    question = select(OutboxEmail).where(OutboxEmail.case_id == case_id)
    return list(session.exec(question.order_by(col(OutboxEmail.posted_at), col(OutboxEmail.key))))


def invitations_to(session: Session, address: str, case_ids: Collection[UUID]) -> list[OutboxEmail]:
    """Return the emails that put a meeting of these cases into the calendar of this address."""
    question = select(OutboxEmail).where(
        col(OutboxEmail.case_id).in_(case_ids),
        func.lower(OutboxEmail.address) == address.lower(),
        _INVITES,
    )
    return list(session.exec(question.order_by(col(OutboxEmail.posted_at), col(OutboxEmail.key))))


def posted_since(session: Session, case_id: UUID, since: datetime) -> list[OutboxEmail]:
    """Return the emails about the case that were posted after the moment, oldest first."""
    question = select(OutboxEmail).where(
        OutboxEmail.case_id == case_id, col(OutboxEmail.posted_at) > since
    )
    return list(session.exec(question.order_by(col(OutboxEmail.posted_at), col(OutboxEmail.id))))


def cases_written_to(
    session: Session, addresses: Collection[str], unless: Collection[tuple[Recipient, str]]
) -> set[UUID]:
    """Return the cases on which an email goes to one of these addresses, in whatever case of type.

    Not counted is what goes to such a recipient at such an address (in small letters), or was sent
    for having gone to a wrong address.
    """
    address = func.lower(OutboxEmail.address)
    found = select(OutboxEmail.case_id).where(
        address.in_(addresses),
        col(OutboxEmail.recipient) != Recipient.WRONG_RECIPIENT,
        tuple_(col(OutboxEmail.recipient), address).not_in(list(unless)),
        col(OutboxEmail.case_id).is_not(None),
    )
    return {one for one in session.exec(found.distinct()) if one is not None}


def email_of(session: Session, message_id: str, *, for_change: bool = False) -> OutboxEmail | None:
    """Return the partnership's email with this Message-ID, if there is one."""
    question = select(OutboxEmail).where(OutboxEmail.message_id == message_id)
    return session.exec(locked(question) if for_change else question).first()


def stems(session: Session, *events: EmailTrigger) -> set[str]:
    """Return what the keys of these events' emails begin with: which of them were posted."""
    found = session.exec(select(OutboxEmail.key).where(col(OutboxEmail.event).in_(events)))
    return {key.rpartition(":")[0] for key in found}


def for_a_person(session: Session, case_id: UUID) -> list[OutboxEmail]:
    """Return the case's emails that only a person can settle, oldest first."""
    return [one for one in case_emails(session, case_id) if one.is_for_a_person]


def waits_for_a_person(session: Session, case_id: UUID) -> bool:
    """Tell whether a person must be told: an email is held, refused, or put off for long."""
    is_late = and_(
        col(OutboxEmail.delivery) == DeliveryStatus.PENDING, col(OutboxEmail.claim) >= TELL_AFTER
    )
    question = select(OutboxEmail.id).where(
        OutboxEmail.case_id == case_id,
        or_(
            col(OutboxEmail.delivery) == DeliveryStatus.HELD,
            and_(col(OutboxEmail.delivery) == DeliveryStatus.FAILED, _NO_DISPATCH),
            is_late,
        ),
    )
    return session.exec(question.limit(1)).first() is not None


def gone_with(session: Session, digest_id: UUID) -> list[OutboxEmail]:
    """Return the emails that go with a digest, those first whose last day comes first."""
    question = select(OutboxEmail).where(OutboxEmail.digest_id == digest_id)
    found = session.exec(question.order_by(col(OutboxEmail.posted_at), col(OutboxEmail.key)))
    return sorted(found, key=lambda one: one.content["due"] or "9")


def digests_of(session: Session, ids: Collection[UUID]) -> list[OutboxEmail]:
    """Return the digests with these ids."""
    return (
        list(session.exec(select(OutboxEmail).where(col(OutboxEmail.id).in_(ids)))) if ids else []
    )
