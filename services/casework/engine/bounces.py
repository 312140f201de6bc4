"""What came back from the mail service is put on record, once, where the email belongs."""

from enum import StrEnum

from services.casework.audit import note_email
from services.casework.effects.tellings import count_email
from services.casework.engine.looking_at_emails import have_email_looked_at
from services.casework.engine.transactions import TransactionContext, as_keyline
from services.casework.steps.dispatches.bounces import NoteBounce, note_bounce
from services.database import outbox, watch
from services.database.cases import get_case
from services.database.dispatches import dispatch_of
from services.database.outbox import DeliveryStatus, OutboxEmail
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.message_ids import partnership_of
from services.mail.delivery_status import Bounce


class BounceEnd(StrEnum):
    """What became of a notification."""

    TAKEN_BACK = "taken_back"
    KNOWN = "known"
    UNKNOWN = "unknown"


def take_bounce(context: TransactionContext, bounce: Bounce) -> BounceEnd:
    """Take back what the email had met, or have a person look at it; a second time do nothing.

    Who can name the Message-ID was sent the email, or carried it: a forged notification makes a
    duty open again and asks a person, and does nothing else.
    """
    partnership_id = partnership_of(bounce.message_id)
    if partnership_id is None or partnership_id not in watch.partnerships(context.engine):
        return BounceEnd.UNKNOWN
    with as_keyline(context, partnership_id) as work:
        found = outbox.email_of(work.session, bounce.message_id)
        if found is None:
            return BounceEnd.UNKNOWN
        if found.case_id is not None:  # the case before its email, as acts lock them
            get_case(work.session, CaseId(found.case_id), for_change=True)
        email = outbox.email_of(work.session, bounce.message_id, for_change=True)
        if email is None or email.delivery not in {DeliveryStatus.SENT, DeliveryStatus.HELD}:
            return BounceEnd.KNOWN
        _take_back(work, email, bounce.status)
    return BounceEnd.TAKEN_BACK


def _take_back(work: UnitOfWork, email: OutboxEmail, status: str) -> None:
    email.delivery, email.last_error = DeliveryStatus.FAILED, f"Bounced {status}"
    work.session.add(email)
    work.session.flush()
    note_email(work, email)
    dispatch_id = email.content.get("dispatch")
    if dispatch_id is not None and email.case_id is not None:
        dispatch = dispatch_of(work.session, email.case_id, dispatch_id)
        command = NoteBounce(
            notice=dispatch.notice,
            recipient=dispatch.recipient,
            status=status,
            dispatch_id=dispatch.id,
        )
        note_bounce(work, CaseId(email.case_id), command)
    if email.case_id is not None:
        count_email(work, get_case(work.session, CaseId(email.case_id)), email)
    have_email_looked_at(work, email)
