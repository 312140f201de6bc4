"""The daily digest: what waited goes in one email, once, and by itself if that cannot go."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from services.casework.audit import note_email
from services.database.email_settings import EmailSetting, habits_at, waited_out
from services.database.outbox import DeliveryStatus, OutboxEmail, add_emails, gone_with
from services.database.unit_of_work import UnitOfWork
from services.domain.email_waiting import EmailWay
from services.domain.emails import EmailTrigger
from services.domain.message_ids import message_id_for

_ON_ITS_WAY: Final = frozenset({DeliveryStatus.PENDING, DeliveryStatus.SENDING})


def release_waiting(work: UnitOfWork) -> None:
    """Put what has waited long enough into one digest for each person, or on its way by itself."""
    by_address: dict[str, list[OutboxEmail]] = defaultdict(list)
    for email in waited_out(work.session, work.now):
        by_address[email.address.lower()].append(email)
    settings = habits_at(work.session, by_address) if by_address else {}
    for address, emails in by_address.items():
        setting = settings.get(address)
        if setting is not None and setting.way is EmailWay.DIGEST:
            _bundle(work, setting, emails)
        else:
            _let_go(work, emails)


def settle_digest(work: UnitOfWork, digest: OutboxEmail) -> None:
    """Mark what went with a digest as sent with it; if it cannot go, let each go by itself.

    A digest that did not go is stopped: it is never sent a second time beside its emails.
    """
    if digest.event is not EmailTrigger.DAILY_DIGEST or digest.delivery in _ON_ITS_WAY:
        return
    emails = gone_with(work.session, digest.id)
    if digest.delivery is not DeliveryStatus.SENT:
        digest.delivery = DeliveryStatus.STOPPED
        work.session.add(digest)
        _let_go(work, emails)
        return
    for email in emails:
        email.delivery, email.sent_at = DeliveryStatus.SENT, work.now
        work.session.add(email)
    work.session.flush()
    for email in emails:
        note_email(work, email)


def _bundle(work: UnitOfWork, setting: EmailSetting, emails: Sequence[OutboxEmail]) -> None:
    """Put one digest of these emails of a person into the outbox."""
    first = emails[0]
    key = f"{setting.tenant_id}:digest:{setting.person_id}:{work.now.isoformat()}"
    digest = OutboxEmail(
        tenant_id=setting.tenant_id,
        key=key,
        event=EmailTrigger.DAILY_DIGEST,
        recipient=first.recipient,
        address=first.address,
        content={
            "matter": None,
            "todo": None,
            "due": min((one.content["due"] for one in emails if one.content["due"]), default=None),
            "reference": f"{work.partnership.code}-DIGEST",
        },
        message_id=message_id_for(work.actor.partnership_id, key),
        delivery=DeliveryStatus.PENDING,
        posted_at=work.now,
    )
    add_emails(work.session, [digest])
    for email in emails:
        email.digest_id, email.waits_until = digest.id, None
        work.session.add(email)


def _let_go(work: UnitOfWork, emails: Sequence[OutboxEmail]) -> None:
    for email in emails:
        email.delivery = DeliveryStatus.PENDING
        email.waits_until, email.digest_id = None, None
        work.session.add(email)
