"""The handing over of one claimed email, outside any transaction, and what came of it."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from services.casework.engine.dispatch_delivery import (
    AttachedDocument,
    DocumentContext,
    with_documents,
)
from services.database.outbox import DeliveryStatus
from services.domain.emails import EmailTrigger
from services.domain.errors import MailUnavailable
from services.mail import Email, Mailer, MailRefused, MailUncertain


class HandoverContext(DocumentContext, Protocol):
    """What handing an email over needs of the process's neighbours."""

    @property
    def mailer(self) -> Mailer: ...  # noqa: D102 - named for what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedEmail:
    """One claimed email, to be handed over outside any transaction; none if it has no words."""

    email_id: UUID
    case_id: UUID | None
    claim: int
    event: EmailTrigger
    is_doubtful: bool
    holds_address: bool
    email: Email | None
    attached: tuple[AttachedDocument, ...] = ()


class CannotBeWritten(Exception):
    """The address or words in the outbox do not make an email; a person must look."""


class Unsure(Exception):
    """Nobody can tell whether the email went, and its kind is not sent twice."""


def hand_over(
    context: HandoverContext, claimed: ClaimedEmail
) -> tuple[DeliveryStatus, Exception | None]:
    """Say what became of the email, and the trouble if there was any."""
    try:
        if claimed.email is None:
            return DeliveryStatus.FAILED, CannotBeWritten()
        email = with_documents(context.store, claimed.email, claimed.attached)
        if claimed.is_doubtful:
            return _settle(context.mailer, claimed, email)
        context.mailer.send(email)
    except MailUncertain as trouble:
        return DeliveryStatus.SENDING, trouble
    except MailUnavailable as trouble:
        return DeliveryStatus.PENDING, trouble
    except MailRefused as trouble:
        return DeliveryStatus.FAILED, trouble
    return DeliveryStatus.SENT, None


def _settle(
    mailer: Mailer, claimed: ClaimedEmail, email: Email
) -> tuple[DeliveryStatus, Exception | None]:
    """Decide about an email that may have gone: ask, or follow the rule of its class.

    One with a one-time address that did not go is written anew, with another address.
    """
    gone = mailer.was_accepted(email.message_id)
    if gone is None and claimed.event.sending.delivery.held_when_unsure:
        return DeliveryStatus.HELD, Unsure()
    if not gone and claimed.holds_address:
        return DeliveryStatus.PENDING, None
    if not gone:
        mailer.send(email)
    return DeliveryStatus.SENT, None
