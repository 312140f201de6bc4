"""Where the bytes of a case's papers are kept, and how they are found again.

Traps of this room:
- The name of an object is its owner and 128 random bits: no case, document, date or extension.
  Which object is meant, its media type and its file name are the database row's to say.
- The bytes in the bucket are encrypted (`envelope.py`), bound to the owner and the name: read
  under another owner or another name they do not open.
- Every put is under a new name, and the row that names it is committed afterwards. Until then
  the object is an orphan, which can be opened by nobody and which the sweep removes.
- The bucket is versioned, and a put that is repeated below us makes a second version: the
  database row says which version is meant. Keep `Stored.version_id` with the row.
- Read by `downloads.fetch`: it returns nothing until the SHA-256 of the whole is proven.
- No file but `s3.py` and `kms.py` knows boto3; what they raise is an error of ours.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.domain.errors import RuleBroken, Unavailable
from services.domain.identifiers import PartnershipId


class StoredContentChanged(RuleBroken):
    """What is in the store is not what was put there; it may not be shown."""

    def __init__(self) -> None:
        super().__init__(
            "This file is not the one that was stored, so it is not shown. Tell the support desk."
        )


class KeyMissing(Unavailable):
    """The key that is needed is not among the keys of this installation, or is disabled."""

    def __init__(self) -> None:
        super().__init__(
            "The encryption key for this file is missing, so it cannot be opened or kept. "
            "Tell the support desk."
        )


class StillLocked(RuleBroken):
    """The store holds the object locked ``until`` a moment, against everyone."""

    def __init__(self, until: datetime) -> None:
        super().__init__("This file is locked in the store until its date.")
        self.until = until


class CannotLock(Unavailable):
    """The store keeps no object locked."""


@dataclass(frozen=True, slots=True)
class ObjectName:
    """Which object is meant: the partnership that owns it, and its key in the bucket."""

    owner: PartnershipId
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One object as it was put: its size is that of the content, not of the encrypted bytes."""

    key: str
    version_id: str | None
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One version of an object as the store lists it; a delete marker is a version too."""

    key: str
    version_id: str
    stored_at: datetime


class Store(Protocol):
    """What casework asks of the object store."""

    def put(
        self,
        name: ObjectName,
        content: bytes,
        *,
        sha256: str,
        locked_until: datetime | None = None,
    ) -> Stored:
        """Keep the content under the name; a later put makes a later version.

        While an object is locked, no one can remove or replace that version.
        """
        ...

    def open(self, name: ObjectName, version_id: str | None = None) -> Iterator[bytes]:
        """Read the content piece by piece; raise NotFound at once if it is not there."""
        ...

    def list_versions(self, prefix: str) -> Iterator[StoredVersion]:
        """List every version of every object whose key begins with the prefix."""
        ...

    def holds(self, key: str, version_id: str) -> bool:
        """Tell whether the store has this version."""
        ...

    def delete(self, key: str, version_id: str | None = None) -> None:
        """Remove the object; to remove what is not there is no error."""
        ...

    def reencrypt(
        self, name: ObjectName, version_id: str | None, sha256: str, now: datetime
    ) -> Stored | None:
        """Put a version again under the owner's current key; None if it lies under it already."""
        ...

    def seal(self, name: ObjectName, content: bytes) -> bytes:
        """Encrypt what is kept elsewhere, in a row, under a data key of its own for this name."""
        ...

    def unseal(self, name: ObjectName, sealed: bytes) -> bytes:
        """Return what was sealed under this name; anything else is StoredContentChanged."""
        ...

    def must_answer(self) -> None:
        """Raise StoreUnavailable unless the store answers."""
        ...


def prefix_for(partnership_id: PartnershipId) -> str:
    """Return what the keys of all of a partnership's objects begin with."""
    return f"t/{partnership_id}/"


def new_name(owner: PartnershipId) -> ObjectName:
    """Return a name for a new object of this partnership: it tells nothing but the owner."""
    return ObjectName(owner, f"{prefix_for(owner)}{secrets.token_hex(16)}")
