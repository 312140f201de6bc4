"""The port to the service that keeps each partnership's key: it makes and opens data keys.

Envelope encryption: each object is encrypted with a data key of its own, which the partnership's
key wraps. The wrapped data key lies with the object; the partnership's key never leaves the
service. The *encryption context* names the owner and the object: a data key that was wrapped
under one context is opened under no other.
"""

from dataclasses import dataclass, field
from typing import Protocol

from services.domain.errors import Unavailable
from services.storage import ObjectName

DATA_KEY_BYTES = 32


class KeysUnavailable(Unavailable):
    """The key service did not answer."""


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A data key as it lies with its object, and which key of which service wrapped it."""

    service: str
    key_id: str
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class DataKey:
    """A new data key, plain and wrapped."""

    plain: bytes = field(repr=False)
    wrapped: WrappedKey


class KeyService(Protocol):
    """What the encrypted store asks of the keys."""

    def make_data_key(self, name: ObjectName) -> DataKey:
        """Make a data key for this object under its owner's key; raise KeyMissing without one."""
        ...

    def open_data_key(self, wrapped: WrappedKey, name: ObjectName) -> bytes:
        """Return the plain data key of this object.

        Raises KeyMissing if the key that wrapped it is not here, StoredContentChanged if it was
        wrapped for another owner or object, KeysUnavailable if the service does not answer.
        """
        ...

    def is_current(self, wrapped: WrappedKey, name: ObjectName) -> bool:
        """Tell whether a new data key of this owner would be wrapped by the same key."""
        ...


def context_of(name: ObjectName) -> dict[str, str]:
    """Return the encryption context of an object: opaque ids only, for key services log it."""
    return {"object": name.key, "partnership": str(name.owner)}
