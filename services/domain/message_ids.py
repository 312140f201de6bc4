"""Which Message-ID belongs to an email, the same one however often it is sent (P3)."""

import hashlib
import re
from typing import Final
from uuid import UUID

from services.domain.identifiers import PartnershipId

MESSAGE_ID_DOMAIN: Final = "keyline.invalid"
_OURS: Final = re.compile(rf"<[0-9a-f]{{32}}@([0-9a-f-]{{36}})\.{re.escape(MESSAGE_ID_DOMAIN)}>")


def message_id_for(partnership_id: PartnershipId, key: str) -> str:
    """Return the Message-ID that is worked out once from the key in the outbox, and stored.

    It names the partnership, so that what is known of a Message-ID only, such as an email that
    came back, belongs to one partnership.
    """
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"<{digest}@{partnership_id}.{MESSAGE_ID_DOMAIN}>"


def partnership_of(message_id: str) -> PartnershipId | None:
    """Return the partnership that a Message-ID of ours names; nothing if it is not one."""
    ours = _OURS.fullmatch(message_id.strip())
    try:
        return PartnershipId(UUID(ours[1])) if ours else None
    except ValueError:
        return None
