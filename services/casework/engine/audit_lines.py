"""The anchor line, sent to the business manager to be kept outside the installation."""

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


def send_lines(context: AuditContext) -> None:
    """Send each partnership's manager the newest anchor line, once a week."""
    week = f"{context.now():%G-W%V}"
    for partnership_id in watch.partnerships(context.engine):
        with as_keyline(context, partnership_id) as work:
            anchor = audit.last_anchor(work.session)
            if anchor is not None:
                enqueue_line(work, anchor.mark, week)


def enqueue_line(work: UnitOfWork, anchor: Mark, part: str) -> None:
    """Put the line into the outbox for each business manager; asking again adds none."""
    partnership_id = work.actor.partnership_id
    add_emails(
        work.session,
        [
            _email(work, anchor, f"{partnership_id}:audit:{part}:{manager.email}", manager.email)
            for manager in members(work.session, Role.BUSINESS_MANAGER, on=work.today)
        ],
    )


def _email(work: UnitOfWork, anchor: Mark, key: str, address: str) -> OutboxEmail:
    return OutboxEmail(
        tenant_id=work.actor.partnership_id,
        key=key,
        event=EmailTrigger.AUDIT_ANCHORED,
        recipient=Recipient.BUSINESS_MANAGER,
        address=address,
        content={"matter": None, "due": None, "todo": None, "anchor": anchor.line},
        message_id=message_id_for(work.actor.partnership_id, key),
        delivery=DeliveryStatus.PENDING,
        posted_at=work.now,
    )
