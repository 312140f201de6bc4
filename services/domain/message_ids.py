"""Which Message-ID belongs to an email, the same one however often it is sent (P3).

It is worked out when the email is posted, and gets the domain of the sender when it is first
written to be sent: only then is it known from where the installation sends.
"""

import hashlib
import re
from typing import Final
from uuid import UUID

from services.domain.identifiers import PartnershipId

NO_DOMAIN: Final = "keyline.invalid"  # it stands there until the email is first written
_DOMAIN: Final = r"[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,251}[A-Za-z0-9])?"
_OURS: Final = re.compile(rf"(<[0-9a-f]{{32}}@([0-9a-f-]{{36}})\.){_DOMAIN}>")


def message_id_for(partnership_id: PartnershipId, key: str) -> str:
    """Return the Message-ID that is worked out once from the key in the outbox, and stored.

    It names the partnership, so that what is known of a Message-ID only, such as an email that
    came back, belongs to one partnership.
    """
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"<{digest}@{partnership_id}.{NO_DOMAIN}>"


def domain_of(sender: str) -> str:
    """Return the domain of an address, which every email that it sends is named in."""
    return sender.rpartition("@")[2]


def in_domain(message_id: str, domain: str) -> str:
    """Return a Message-ID of ours with this domain; one that is not ours stays as it is."""
    ours = _OURS.fullmatch(message_id)
    return f"{ours[1]}{domain}>" if ours else message_id


def partnership_of(message_id: str) -> PartnershipId | None:
    """Return the partnership that a Message-ID of ours names; nothing if it is not one."""
    ours = _OURS.fullmatch(message_id.strip())
    try:
        return PartnershipId(UUID(ours[2])) if ours else None
    except ValueError:
        return None
