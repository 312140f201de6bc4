"""What lies under the encrypted store: a versioned bucket that keeps bytes and knows no content."""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from services.storage import StoredVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketObject:
    """One version of an object, as the bucket knows it."""

    key: str
    version_id: str | None
    size: int
    metadata: Mapping[str, str] = field(default_factory=dict)
    locked_until: datetime | None = None


class Bucket(Protocol):
    """What a versioned bucket does."""

    def put(
        self,
        key: str,
        content: bytes,
        *,
        metadata: Mapping[str, str],
        locked_until: datetime | None = None,
    ) -> BucketObject:
        """Keep the bytes under the key; raise CannotLock if they should be locked and cannot."""
        ...

    def open(self, key: str, version_id: str | None = None) -> Generator[bytes, None, None]:
        """Read the bytes piece by piece; raise NotFound at once if they are not there."""
        ...

    def head(self, key: str, version_id: str | None = None) -> BucketObject:
        """Say what is known of the object without reading it."""
        ...

    def list_versions(self, prefix: str) -> Iterator[StoredVersion]:
        """List every version of every object whose key begins with the prefix."""
        ...

    def delete(self, key: str, version_id: str | None = None) -> None:
        """Remove the object; raise StillLocked if it is locked."""
        ...
