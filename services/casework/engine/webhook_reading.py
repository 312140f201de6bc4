"""What a system is told just now: asked again as the system itself, when a message is sent."""

from dataclasses import dataclass
from typing import Protocol

from services.casework.access.cases import case_in_reach
from services.casework.engine.transactions import TransactionContext
from services.casework.engine.webhook_signing import SealedSecrets, sealed_secrets
from services.database.delegations import get_membership
from services.database.people import Membership
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.database.webhooks import Webhook, WebhookDelivery, get_webhook
from services.domain.errors import NotFound
from services.domain.identifiers import CaseId
from services.domain.systems import Scope, scopes_in
from services.domain.webhooks import WebhookMessage
from services.identity.actors import actor_for, is_live
from services.link_checks.installation import WebhookSender
from services.storage import Store


class WebhookContext(TransactionContext, Protocol):
    """What the messages need of the process's neighbours."""

    @property
    def store(self) -> Store: ...  # noqa: D102 - named for what it is
    @property
    def webhooks(self) -> WebhookSender: ...  # noqa: D102 - named for what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemToTell:
    """A message that was claimed, where it goes, and by what it is signed."""

    message: WebhookMessage
    address: str
    sealed: SealedSecrets


def to_tell(
    context: WebhookContext, work: UnitOfWork, claimed: WebhookDelivery
) -> SystemToTell | None:
    """Return the message as its system may be told it at this moment; nothing where it may not."""
    webhook = get_webhook(work.session, claimed.webhook_id)
    held = get_membership(work.session, webhook.membership_id)
    if not _is_told(work, webhook, held):
        return None
    return _read(context, work, claimed, webhook, held)


def _is_told(work: UnitOfWork, webhook: Webhook, held: Membership) -> bool:
    """Tell whether the address holds, and the system is let in and may read, at this moment."""
    may = is_live(held, work.real_today) and Scope.READ in scopes_in(held.decides)
    return webhook.holds and webhook.sealed is not None and may


def _read(
    context: WebhookContext,
    work: UnitOfWork,
    claimed: WebhookDelivery,
    webhook: Webhook,
    held: Membership,
) -> SystemToTell | None:
    """Return the message as the system itself may read of its case; nothing out of its reach."""
    actor = actor_for(held, work.real_today)
    with unit_of_work(context.engine, actor, context.now(), context.calendar) as theirs:
        try:
            case = case_in_reach(theirs, CaseId(claimed.case_id))
        except NotFound:
            return None
        reference = case.reference
    return SystemToTell(
        message=WebhookMessage(
            id=claimed.id,
            case_id=claimed.case_id,
            reference=reference,
            event=claimed.event,
            at=claimed.at,
        ),
        address=webhook.address,
        sealed=sealed_secrets(work, webhook),
    )
