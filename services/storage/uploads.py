"""How a file sent to us waits, is checked, and then takes its place among the papers."""

from uuid import UUID

from services.domain.identifiers import PartnershipId
from services.storage import Store, Stored, quarantine_key, verified
from services.storage.checking import Checked, check

_UNKNOWN = "application/octet-stream"


def quarantine(
    store: Store, partnership_id: PartnershipId, upload_id: UUID, content: bytes, sha256: str
) -> Stored:
    """Keep the bytes where nobody can open them until they are checked."""
    return store.put(
        quarantine_key(partnership_id, upload_id),
        content,
        media_type=_UNKNOWN,
        sha256=sha256,
        metadata={},
    )


def check_waiting(store: Store, waiting: Stored, name: str, *, field: str = "file") -> Checked:
    """Check what is really in quarantine, byte for byte, or refuse it."""
    pieces = verified(store, waiting.key, waiting.sha256, waiting.version_id)
    return check(name, b"".join(pieces), field=field)


def release(store: Store, waiting: Stored, checked: Checked, key: str) -> Stored:
    """Put a checked file among the case's papers, if it still is the file that was checked."""
    pieces = verified(store, waiting.key, checked.sha256, waiting.version_id)
    return store.put(
        key,
        b"".join(pieces),
        media_type=checked.media_type,
        sha256=checked.sha256,
        metadata={},
    )


def discard(store: Store, waiting: Stored) -> None:
    """Empty a file's place in quarantine, once it is released or refused."""
    store.delete(waiting.key)
