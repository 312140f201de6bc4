"""The courier: hands the outbox's emails to the mail service, each once (P3).

An email is claimed and kept as being sent before the mail service is spoken to. One that is
found so later may have gone: the mail service is asked, and if it cannot say, the email's
class decides between sending it again with the same Message-ID and holding it for a person.
"""

import logging
from datetime import datetime
from typing import Protocol

from sqlmodel import func, select

from services.casework.audit import note_email
from services.casework.engine.dispatch_delivery import (
    AttachedDocument,
    attached_to,
    settle_delivery,
)
from services.casework.engine.effect_log import because_of, note_email_settled
from services.casework.engine.email_handover import ClaimedEmail, HandoverContext, hand_over
from services.casework.engine.email_writing import WritingContext, holds_address, write_email
from services.casework.engine.looking_at_emails import have_email_looked_at
from services.casework.engine.transactions import TransactionContext, as_keyline
from services.database import outbox, watch
from services.database.cases import get_case
from services.database.outbox import DeliveryStatus, OutboxEmail
from services.database.unit_of_work import UnitOfWork
from services.domain.backoff import after_nobody_answered
from services.domain.errors import CaseworkError, MailUnavailable
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.message_ids import domain_of
from services.mail import MailPutOff

MOST = 50

_log = logging.getLogger("keyline.courier")


class DeliveryContext(TransactionContext, WritingContext, HandoverContext, Protocol):
    """What the courier needs of the process's neighbours."""


class MailAway(Exception):
    """The mail service is away for everybody: the round ends, and nobody waits for it."""


def deliver(context: DeliveryContext) -> int:
    """Hand over what waits in every partnership's outbox; return how many emails went.

    One partnership's trouble is counted and does not stop the others' emails.
    """
    sent = 0
    for partnership_id in watch.partnerships_with_emails(context.engine):
        try:
            with outbox.only_courier(context.engine, partnership_id) as is_ours:
                for _ in range(MOST if is_ours else 0):
                    delivery = _deliver_one(context, partnership_id)
                    if delivery is None:
                        break
                    sent += delivery is DeliveryStatus.SENT
        except MailAway:
            break
        except Exception as trouble:  # noqa: BLE001 - the sweep's one catch: counted, and on
            _log.error("Emails of %s wait: %s.", partnership_id, type(trouble).__name__)
    return sent


def _deliver_one(context: DeliveryContext, partnership_id: PartnershipId) -> DeliveryStatus | None:
    """Claim one email, hand it over, keep what became of it; nothing when none waits.

    One at a time: what is claimed is being handed over, and nothing else is.
    """
    with as_keyline(context, partnership_id) as work:
        doubtful = outbox.claim_doubtful(work.session)
        outbox_email = doubtful or outbox.claim(work.session, domain_of(context.sender))
        if outbox_email is None:
            return None
        claimed = _claimed(context, work, outbox_email, is_doubtful=doubtful is not None)
    delivery, trouble = hand_over(context, claimed)
    with as_keyline(context, partnership_id) as work:
        # The case before its email, as acts lock them: what became of it may ask somebody.
        if claimed.case_id is not None:
            get_case(work.session, CaseId(claimed.case_id), for_change=True)
        kept = outbox.claimed(work.session, claimed.email_id, claimed.claim)
        if kept is None:
            return delivery
        with because_of(kept):
            error = type(trouble).__name__ if trouble else ""
            settled = _keep(work, kept, delivery, error)
            settle_delivery(work, kept, is_catcher=context.mailer.is_catcher)
            note_email_settled(kept, settled, error)
    if isinstance(trouble, MailUnavailable) and not isinstance(trouble, MailPutOff):
        raise MailAway
    return settled


def _claimed(
    context: DeliveryContext, work: UnitOfWork, outbox_email: OutboxEmail, *, is_doubtful: bool
) -> ClaimedEmail:
    """Write the email; one that cannot be written is refused, and stops no other."""
    attached: tuple[AttachedDocument, ...] = ()
    try:
        email = write_email(context, work, outbox_email, may_have_gone=is_doubtful)
        attached = attached_to(work, outbox_email, is_doubtful=is_doubtful)
    except (CaseworkError, ValueError, LookupError):
        email = None
    return ClaimedEmail(
        email_id=outbox_email.id,
        case_id=outbox_email.case_id,
        claim=outbox_email.claim,
        event=outbox_email.event,
        is_doubtful=is_doubtful,
        holds_address=holds_address(outbox_email),
        email=email,
        attached=attached,
    )


def _keep(
    work: UnitOfWork, outbox_email: OutboxEmail, delivery: DeliveryStatus, trouble: str
) -> DeliveryStatus:
    """Keep what became of the email, and have a person look where only a person can."""
    if delivery is DeliveryStatus.PENDING:
        wait = after_nobody_answered(outbox_email.claim)
        delivery = DeliveryStatus.HELD if wait is None else delivery
        clock: datetime = work.session.exec(select(func.clock_timestamp())).one()
        outbox_email.not_before = None if wait is None else clock + wait
    if delivery is DeliveryStatus.SENT:
        outbox_email.sent_at = work.now
    outbox_email.delivery = delivery
    outbox_email.last_error = trouble
    work.session.add(outbox_email)
    work.session.flush()
    if delivery not in {DeliveryStatus.PENDING, DeliveryStatus.SENDING}:
        note_email(work, outbox_email)
    if outbox_email.claim > 1 or delivery is not DeliveryStatus.SENT:
        have_email_looked_at(work, outbox_email)
    return delivery
