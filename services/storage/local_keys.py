"""Keys that the installation keeps itself: one secret, from which each partnership's key comes.

For one machine, and for an installation that has no key service. Each partnership's key is derived
from the secret and the partnership's id (HKDF), so no key is kept a partnership and none can be
forgotten when one is founded. The price: one partnership alone cannot be made unreadable by
destroying its key; a key service can do that.

Several secrets may be given. The first wraps; all of them open, so a secret is replaced by
putting a new one in front and keeping the old one until nothing lies under it.
"""

import base64
import binascii
import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.domain.errors import Unavailable
from services.storage import KeyMissing, ObjectName, StoredContentChanged
from services.storage.keys import DATA_KEY_BYTES, DataKey, WrappedKey, context_of

SERVICE = "keyline-local"
_NONCE_BYTES = 12


class LocalKeys:
    """Wrap data keys under keys that are derived from the installation's secrets."""

    def __init__(self, *secrets: bytes) -> None:
        if not secrets or any(len(secret) != DATA_KEY_BYTES for secret in secrets):
            raise Unavailable(f"A local key is {DATA_KEY_BYTES} bytes, in base64url.")
        self._current = _key_id(secrets[0])
        self._secrets = {_key_id(secret): secret for secret in secrets}

    @staticmethod
    def read(words: str) -> "LocalKeys":
        """Read the secrets from a setting: base64url, the current one first, then commas."""
        try:
            return LocalKeys(*(_decoded(word.strip()) for word in words.split(",")))
        except (binascii.Error, ValueError):
            raise Unavailable(f"A local key is {DATA_KEY_BYTES} bytes, in base64url.") from None

    def make_data_key(self, name: ObjectName) -> DataKey:
        """Make a data key and wrap it under the owner's current key."""
        plain, nonce = os.urandom(DATA_KEY_BYTES), os.urandom(_NONCE_BYTES)
        key = self._partnership_key(self._current, name)
        wrapped = nonce + AESGCM(key).encrypt(nonce, plain, _authenticated(name))
        return DataKey(plain, WrappedKey(SERVICE, self._current, wrapped))

    def open_data_key(self, wrapped: WrappedKey, name: ObjectName) -> bytes:
        """Return the plain data key, if a secret of ours wrapped it for this owner and object."""
        if wrapped.service != SERVICE or wrapped.key_id not in self._secrets:
            raise KeyMissing
        nonce, sealed = wrapped.wrapped[:_NONCE_BYTES], wrapped.wrapped[_NONCE_BYTES:]
        key = self._partnership_key(wrapped.key_id, name)
        try:
            return AESGCM(key).decrypt(nonce, sealed, _authenticated(name))
        except (InvalidTag, ValueError):
            raise StoredContentChanged from None

    def is_current(self, wrapped: WrappedKey, name: ObjectName) -> bool:
        """Tell whether the first secret wrapped it."""
        del name
        return (wrapped.service, wrapped.key_id) == (SERVICE, self._current)

    def _partnership_key(self, key_id: str, name: ObjectName) -> bytes:
        return _derived(self._secrets[key_id], f"keyline partnership {name.owner}")


def _key_id(secret: bytes) -> str:
    return _derived(secret, "keyline key id")[:8].hex()


def _derived(secret: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), DATA_KEY_BYTES, salt=None, info=purpose.encode()).derive(secret)


def _authenticated(name: ObjectName) -> bytes:
    return json.dumps(context_of(name), sort_keys=True).encode()


def _decoded(word: str) -> bytes:
    return base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)
