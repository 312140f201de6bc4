"""The signing secrets of an address at which a system is told, under the partnership's key."""

from dataclasses import dataclass

from services.database.unit_of_work import UnitOfWork
from services.database.webhooks import Webhook
from services.domain.identifiers import PartnershipId
from services.domain.webhooks import SigningSecrets
from services.storage import ObjectName, Store


@dataclass(frozen=True, slots=True)
class SealedSecrets:
    """The secrets that hold now as they are kept, and the name that they were encrypted for."""

    name: ObjectName
    newest: bytes
    before: bytes = b""


def name_of_secret(webhook: Webhook) -> ObjectName:
    """Return the name that its secrets are encrypted for: made of ids, and in no bucket."""
    return ObjectName(PartnershipId(webhook.tenant_id), f"webhook/{webhook.id}")


def sealed_secrets(work: UnitOfWork, webhook: Webhook) -> SealedSecrets:
    """Return the secrets that hold now: the newest, and the one before while both do."""
    both = webhook.before_until is not None and work.now < webhook.before_until
    before = webhook.sealed_before if both else None
    return SealedSecrets(name_of_secret(webhook), webhook.sealed or b"", before or b"")


def secrets_of(store: Store, sealed: SealedSecrets) -> SigningSecrets:
    """Return by what messages are signed; it asks the key service, so no transaction is open."""
    newest, before = (
        store.unseal(sealed.name, one).decode() if one else ""
        for one in (sealed.newest, sealed.before)
    )
    return SigningSecrets(newest, before)
