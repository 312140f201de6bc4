"""Which Message-ID belongs to a parcel, the same one however often it is sent (P3)."""

import hashlib

MESSAGE_ID_DOMAIN = "keyline.invalid"


def message_id_for(parcel_key: str) -> str:
    """Return the Message-ID that is worked out once from a parcel's key, and stored."""
    digest = hashlib.sha256(parcel_key.encode()).hexdigest()[:32]
    return f"<{digest}@{MESSAGE_ID_DOMAIN}>"
