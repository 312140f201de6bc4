"""The store that casework uses: it encrypts what it puts into the bucket, and decrypts it again.

It also encrypts, in the same way, what lies in a row and not in the bucket.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from services.domain.errors import NotFound, StoreUnavailable
from services.storage import ObjectName, Stored, StoredVersion, envelope
from services.storage.bucket import Bucket
from services.storage.downloads import fetch
from services.storage.keys import KeyService

# All that the bucket is told beside the bytes: how they are to be read.
METADATA = {"format": "1"}


class EncryptedStore:
    """Keep objects in a bucket, each encrypted under a data key of its own."""

    def __init__(self, bucket: Bucket, keys: KeyService) -> None:
        self.bucket = bucket
        self.keys = keys

    def put(
        self,
        name: ObjectName,
        content: bytes,
        *,
        sha256: str,
        locked_until: datetime | None = None,
    ) -> Stored:
        """Encrypt the content and keep it; content other than the promised one is not kept."""
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StoreUnavailable("The file did not arrive whole. Try again.")
        encrypted = envelope.encrypt(content, self.keys, name)
        kept = self.bucket.put(name.key, encrypted, metadata=METADATA, locked_until=locked_until)
        return Stored(key=name.key, version_id=kept.version_id, size=len(content), sha256=sha256)

    def open(self, name: ObjectName, version_id: str | None = None) -> Iterator[bytes]:
        """Ask for the object now, and decrypt it piece by piece afterwards."""
        return envelope.decrypt(self.bucket.open(name.key, version_id), self.keys, name)

    def list_versions(self, prefix: str) -> Iterator[StoredVersion]:
        """List every version under the prefix."""
        return self.bucket.list_versions(prefix)

    def holds(self, key: str, version_id: str) -> bool:
        """Ask the bucket for this version."""
        return self._is_there(key, version_id)

    def delete(self, key: str, version_id: str | None = None) -> None:
        """Remove one version, or the whole object."""
        self.bucket.delete(key, version_id)

    def reencrypt(
        self, name: ObjectName, version_id: str | None, sha256: str, now: datetime
    ) -> Stored | None:
        """Put a version again under the owner's current key; None if it lies under it already.

        A data key belongs to one message, so the content is encrypted with a new one: to wrap the
        old one again would mean to authenticate two headers with one key. A lock is taken over.
        """
        lies = envelope.wrapped_key(self.bucket.open(name.key, version_id), self.keys, name)
        if self.keys.is_current(lies, name):
            return None
        locked = self.bucket.head(name.key, version_id).locked_until
        with fetch(self, name, sha256, version_id) as file:
            content = file.read()
        until = locked if locked and locked > now else None
        return self.put(name, content, sha256=sha256, locked_until=until)

    def seal(self, name: ObjectName, content: bytes) -> bytes:
        """Encrypt the content as an object's is; the bucket is not asked."""
        return envelope.encrypt(content, self.keys, name)

    def unseal(self, name: ObjectName, sealed: bytes) -> bytes:
        """Decrypt what was sealed, once all of it is proven."""
        pieces = (piece for piece in (sealed,))
        return b"".join(envelope.decrypt(pieces, self.keys, name))

    def must_answer(self) -> None:
        """Ask the bucket for something it does not have."""
        self._is_there("health/nothing", None)

    def _is_there(self, key: str, version_id: str | None) -> bool:
        try:
            self.bucket.head(key, version_id)
        except NotFound:
            return False
        return True
