"""An object store in memory, for tests, which behaves as a versioned bucket does."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import count

from services.domain.errors import NotFound, StoreUnavailable
from services.storage import Stored, StoredVersion
from services.storage.objects import base64_digest, with_digest

_PIECE = 64 * 1024
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class MemoryStore:
    """Keep objects, with all their versions, for as long as the process lives."""

    def __init__(self, now: Callable[[], datetime] = lambda: _LONG_AGO) -> None:
        self.versions: dict[str, list[tuple[Stored, bytes]]] = {}
        self.away = False
        self._now = now
        self._stored_at: dict[str | None, datetime] = {}
        self._numbers = count(1)

    def put(
        self,
        key: str,
        content: bytes,
        *,
        media_type: str,
        sha256: str,
        metadata: Mapping[str, str],
    ) -> Stored:
        """Keep the bytes under the key as its latest version."""
        self._must_be_there()
        base64_digest(sha256)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StoreUnavailable("The file did not arrive whole. Try again.")
        stored = Stored(
            key=key,
            version_id=str(next(self._numbers)),
            etag=sha256[:32],
            size=len(content),
            media_type=media_type,
            sha256=sha256,
            metadata=with_digest(metadata, sha256),
        )
        self.versions.setdefault(key, []).append((stored, content))
        self._stored_at[stored.version_id] = self._now()
        return stored

    def open(self, key: str, version_id: str | None = None) -> Iterator[bytes]:
        """Read the bytes piece by piece."""
        _, content = self._found(key, version_id)
        return (content[start : start + _PIECE] for start in range(0, len(content), _PIECE))

    def head(self, key: str, version_id: str | None = None) -> Stored:
        """Say what is known of the object."""
        return self._found(key, version_id)[0]

    def list_versions(self, prefix: str) -> Iterator[StoredVersion]:
        """List every version under the prefix."""
        self._must_be_there()
        found = [stored for pairs in self.versions.values() for stored, _ in pairs]
        for stored in found:
            if stored.key.startswith(prefix) and stored.version_id is not None:
                moment = self._stored_at[stored.version_id]
                yield StoredVersion(stored.key, stored.version_id, moment)

    def delete(self, key: str, version_id: str | None = None) -> None:
        """Remove one version, or the whole object."""
        self._must_be_there()
        kept = [pair for pair in self.versions.pop(key, []) if version_id is not None]
        kept = [pair for pair in kept if pair[0].version_id != version_id]
        if kept:
            self.versions[key] = kept

    def _found(self, key: str, version_id: str | None) -> tuple[Stored, bytes]:
        self._must_be_there()
        for stored, content in reversed(self.versions.get(key, [])):
            if version_id in (None, stored.version_id):
                return stored, content
        raise NotFound("This file is not in the store.")

    def _must_be_there(self) -> None:
        if self.away:
            raise StoreUnavailable("File storage did not answer. Try again in a few minutes.")
