"""The anchor line, sent to manager and data protection contact, to be kept outside Keyline."""

from typing import Final

from services.casework.engine.audit_checks import AuditContext
from services.casework.engine.transactions import as_keyline
from services.database import audit, watch
from services.database.outbox import DeliveryStatus, OutboxEmail, add_emails
from services.database.people import members
from services.database.unit_of_work import UnitOfWork
from services.domain.audit_verifier import Mark
from services.domain.emails import EmailTrigger
from services.domain.message_ids import message_id_for
from services.domain.recipients import Recipient
from services.domain.roles import Role

KEPT_BY: Final = {
    Recipient.BUSINESS_MANAGER: Role.BUSINESS_MANAGER,
    Recipient.DATA_PROTECTION_CONTACT: Role.DATA_PROTECTION_CONTACT,
}


def send_lines(context: AuditContext) -> None:
    """Send each partnership's manager and data protection contact the newest line, once a week."""
    week = f"{context.now():%G-W%V}"
    for partnership_id in watch.partnerships(context.engine):
        with as_keyline(context, partnership_id) as work:
            anchor = audit.last_anchor(work.session)
            if anchor is not None:
                enqueue_line(work, anchor.mark, week)


def enqueue_line(work: UnitOfWork, anchor: Mark, part: str) -> None:
    """Put the line into the outbox for each who keeps it; asking again adds none."""
    kept_by = {
        person.email: recipient
        for recipient, role in KEPT_BY.items()
        for person in members(work.session, role, on=work.today)
    }
    emails = [_email(work, anchor, part, address, to) for address, to in kept_by.items()]
    add_emails(work.session, emails)


def _email(
    work: UnitOfWork, anchor: Mark, part: str, address: str, recipient: Recipient
) -> OutboxEmail:
    key = f"{work.actor.partnership_id}:audit:{part}:{address}"
    return OutboxEmail(
        tenant_id=work.actor.partnership_id,
        key=key,
        event=EmailTrigger.AUDIT_ANCHORED,
        recipient=recipient,
        address=address,
        content={"matter": None, "due": None, "todo": None, "anchor": anchor.line},
        message_id=message_id_for(work.actor.partnership_id, key),
        delivery=DeliveryStatus.PENDING,
        posted_at=work.now,
    )
