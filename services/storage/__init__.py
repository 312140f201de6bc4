"""Where the bytes of a case's papers are kept, and how they are found again.

Traps of this room:
- Keys hold opaque ids only, never a name; metadata is plain ASCII and just as silent.
- Every put is under a random key, and the row that names it is committed afterwards. Until then
  the object is an orphan, which can be opened by nobody and which the sweep removes.
- The bucket is versioned, and a put that is repeated below us makes a second version: the
  database row says which version is meant. Keep `Stored.version_id` with the row.
- Read by `downloads.fetch`: it returns nothing until the SHA-256 of the whole is proven.
- No file but `s3.py` knows boto3; what it raises is `StoreUnavailable` or `NotFound`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

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


def _plain_extension(text: str) -> str:
    extension = text.lower().lstrip(".")
    if not (extension.isascii() and extension.isalnum() and len(extension) <= 8):
        raise ValueError("A file extension is one to eight letters or figures.")
    return extension
