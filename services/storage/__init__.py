"""Where the bytes of a case's papers are kept, and how they are found again.

Traps of this room:
- Keys hold opaque ids only, never a name; metadata is plain ASCII and just as silent.
- The bucket is versioned: a put to the same key after a crash makes a new version, and the
  database row says which version is meant. Keep `Stored.version_id` with the row.
- Read by `verified(...)`: it holds the last piece back until the SHA-256 is proven, so a
  changed object can never arrive whole.
- No file but `s3.py` knows boto3; what it raises is `StoreUnavailable` or `NotFound`.
- An upload goes to the quarantine key first, is checked, and only then copied (`uploads.py`).
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.domain.errors import RuleBroken
from services.domain.identifiers import CaseId, DocumentId, PartnershipId


class StoredContentChanged(RuleBroken):
    """What is in the store is not what was put there; it may not be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One object in the store, as it was put there."""

    key: str
    version_id: str | None
    etag: str
    size: int
    media_type: str
    sha256: str
    metadata: Mapping[str, str] = field(default_factory=dict)


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
        key: str,
        content: bytes,
        *,
        media_type: str,
        sha256: str,
        metadata: Mapping[str, str],
    ) -> Stored:
        """Keep the bytes under the key; a later put makes a later version."""
        ...

    def open(self, key: str, version_id: str | None = None) -> Iterator[bytes]:
        """Read the bytes piece by piece; raise NotFound at once if they are not there."""
        ...

    def head(self, key: str, version_id: str | None = None) -> Stored:
        """Say what is known of the object without reading it."""
        ...

    def list_versions(self, prefix: str) -> Iterator[StoredVersion]:
        """List every version of every object whose key begins with the prefix."""
        ...

    def delete(self, key: str, version_id: str | None = None) -> None:
        """Remove the object; to remove what is not there is no error."""
        ...


def prefix_for(partnership_id: PartnershipId) -> str:
    """Return what the keys of all of a partnership's objects begin with."""
    return f"tenants/{partnership_id}/"


def key_for(
    partnership_id: PartnershipId,
    case_id: CaseId,
    document_id: DocumentId,
    version: int,
    filename_ext: str,
) -> str:
    """Return the key of one version of a case's paper: opaque ids only."""
    extension = _plain_extension(filename_ext)
    return f"{prefix_for(partnership_id)}cases/{case_id}/{document_id}/v{version}.{extension}"


def quarantine_key(partnership_id: PartnershipId, upload_id: UUID) -> str:
    """Return the key under which an upload waits until it is checked."""
    return f"quarantine/{partnership_id}/{upload_id}"


def _plain_extension(text: str) -> str:
    extension = text.lower().lstrip(".")
    if not (extension.isascii() and extension.isalnum() and len(extension) <= 8):
        raise ValueError("A file extension is one to eight letters or figures.")
    return extension


def verified(store: Store, key: str, sha256: str, version_id: str | None = None) -> Iterator[bytes]:
    """Read an object and prove its SHA-256; the last piece comes only once it is proven."""
    return _proven(store.open(key, version_id), sha256)


def _proven(pieces: Iterator[bytes], sha256: str) -> Iterator[bytes]:
    digest = hashlib.sha256()
    held = b""
    for piece in pieces:
        digest.update(piece)
        if held:
            yield held
        held = piece
    if digest.hexdigest() != sha256:
        raise StoredContentChanged(
            "This file is not the one that was stored, so it is not shown. Tell the support desk."
        )
    if held:
        yield held
