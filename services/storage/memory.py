"""An object store in memory, for tests, which behaves as a versioned and locking bucket does."""

import os
from collections.abc import Callable, Generator, Iterator, Mapping
from datetime import UTC, datetime
from itertools import count

from services.domain.errors import NotFound, StoreUnavailable
from services.storage import StillLocked, StoredVersion
from services.storage.bucket import BucketObject
from services.storage.encrypted import EncryptedStore
from services.storage.keys import DATA_KEY_BYTES
from services.storage.local_keys import LocalKeys

_PIECE = 64 * 1024
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

Versions = dict[str, list[tuple[BucketObject, bytes]]]


class MemoryBucket:
    """Keep objects, with all their versions, for as long as the process lives."""

    def __init__(self, now: Callable[[], datetime] = lambda: _LONG_AGO) -> None:
        self.versions: Versions = {}
        self.away = False
        self._now = now
        self._stored_at: dict[str | None, datetime] = {}
        self._numbers = count(1)

    def put(
        self,
        key: str,
        content: bytes,
        *,
        metadata: Mapping[str, str],
        locked_until: datetime | None = None,
    ) -> BucketObject:
        """Keep the bytes under the key as its latest version."""
        self._must_be_there()
        kept = BucketObject(
            key=key,
            version_id=str(next(self._numbers)),
            size=len(content),
            metadata=dict(metadata),
            locked_until=locked_until,
        )
        self.versions.setdefault(key, []).append((kept, content))
        self._stored_at[kept.version_id] = self._now()
        return kept

    def open(self, key: str, version_id: str | None = None) -> Generator[bytes, None, None]:
        """Read the bytes piece by piece."""
        _, content = self._found(key, version_id)
        return (content[start : start + _PIECE] for start in range(0, len(content), _PIECE))

    def head(self, key: str, version_id: str | None = None) -> BucketObject:
        """Say what is known of the object."""
        return self._found(key, version_id)[0]

    def list_versions(self, prefix: str) -> Iterator[StoredVersion]:
        """List every version under the prefix."""
        self._must_be_there()
        found = [kept for pairs in self.versions.values() for kept, _ in pairs]
        for kept in found:
            if kept.key.startswith(prefix) and kept.version_id is not None:
                moment = self._stored_at[kept.version_id]
                yield StoredVersion(kept.key, kept.version_id, moment)

    def delete(self, key: str, version_id: str | None = None) -> None:
        """Remove one version, or the whole object."""
        self._must_be_there()
        pairs = self.versions.get(key, [])
        going = [kept for kept, _ in pairs if version_id in {None, kept.version_id}]
        locks = (kept.locked_until for kept in going)
        locked = [until for until in locks if until is not None and until > self._now()]
        if locked:
            raise StillLocked(max(locked))
        left = [pair for pair in pairs if pair[0] not in going]
        if left:
            self.versions[key] = left
        else:
            self.versions.pop(key, None)

    def _found(self, key: str, version_id: str | None) -> tuple[BucketObject, bytes]:
        self._must_be_there()
        for kept, content in reversed(self.versions.get(key, [])):
            if version_id in (None, kept.version_id):
                return kept, content
        raise NotFound("This file is not in the store.")

    def _must_be_there(self) -> None:
        if self.away:
            raise StoreUnavailable("File storage did not answer. Try again in a few minutes.")


class MemoryStore(EncryptedStore):
    """The encrypted store over a bucket in memory, with a key of its own."""

    def __init__(self, now: Callable[[], datetime] = lambda: _LONG_AGO) -> None:
        self.memory = MemoryBucket(now)
        super().__init__(self.memory, LocalKeys(os.urandom(DATA_KEY_BYTES)))

    @property
    def versions(self) -> Versions:
        """Return what the bucket holds, by key."""
        return self.memory.versions

    @property
    def away(self) -> bool:
        """Tell whether the bucket does not answer."""
        return self.memory.away

    @away.setter
    def away(self, away: bool) -> None:
        self.memory.away = away
