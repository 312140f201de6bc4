"""How content is encrypted: a message of the AWS Encryption SDK, in frames of 64 KiB.

The format is published, has test vectors and readers in several languages; the library makes the
message, and our key service only the data key in its header. Each frame is authenticated and
numbered, the last one is marked, and the header commits to the data key. The encryption context
is not written into the message: whoever reads it must know owner and name.

This is the one file that knows the library, which has no types.
"""

import io
import struct
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from typing import IO, Protocol

from aws_encryption_sdk import EncryptionSDKClient
from aws_encryption_sdk.exceptions import AWSEncryptionSDKClientError
from aws_encryption_sdk.identifiers import Algorithm, CommitmentPolicy
from aws_encryption_sdk.materials_managers import (
    DecryptionMaterials,
    DecryptionMaterialsRequest,
    EncryptionMaterials,
    EncryptionMaterialsRequest,
)
from aws_encryption_sdk.materials_managers.base import CryptoMaterialsManager
from aws_encryption_sdk.structures import DataKey, EncryptedDataKey, MasterKeyInfo
from cryptography.exceptions import InvalidTag

from services.storage import ObjectName, StoredContentChanged
from services.storage.keys import KeyService, WrappedKey

FRAME = 64 * 1024
ALGORITHM = Algorithm.AES_256_GCM_HKDF_SHA512_COMMIT_KEY
# What the library raises over bytes that are no message, or not the one that was made.
_BROKEN = (AWSEncryptionSDKClientError, InvalidTag, struct.error, ValueError)

Pieces = Generator[bytes, None, None]

_sdk = EncryptionSDKClient(
    commitment_policy=CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT, max_encrypted_data_keys=1
)


def encrypt(content: bytes, keys: KeyService, name: ObjectName) -> bytes:
    """Return the content encrypted with a new data key, bound to its owner and name."""
    message: bytes
    message, _ = _sdk.encrypt(
        source=content,
        materials_manager=_Materials(keys, name),
        algorithm=ALGORITHM,
        frame_length=FRAME,
    )
    return message


def encrypt_stream(source: IO[bytes], keys: KeyService, name: ObjectName) -> Iterator[bytes]:
    """Encrypt what a file or a pipe holds, piece by piece, as `encrypt` does."""
    with _sdk.stream(
        mode="encrypt",
        source=source,
        materials_manager=_Materials(keys, name),
        algorithm=ALGORITHM,
        frame_length=FRAME,
    ) as message:
        while piece := message.read(FRAME):
            yield piece


def decrypt(pieces: Pieces, keys: KeyService, name: ObjectName) -> Iterator[bytes]:
    """Decrypt frame by frame; no byte is passed on before its frame is proven.

    Raises StoredContentChanged for bytes that are not a whole message for this owner and name.
    """
    with _opened(pieces, _Materials(keys, name)) as (message, source):
        while plain := message.read(FRAME):
            yield plain
        if source.read(1):
            raise StoredContentChanged


def wrapped_key(pieces: Pieces, keys: KeyService, name: ObjectName) -> WrappedKey:
    """Return the data key as it lies in the header of the message, which is proven first."""
    materials = _Materials(keys, name)
    with _opened(pieces, materials) as (message, _):
        _ = message.header
    if materials.seen is None:
        raise StoredContentChanged
    return materials.seen


class _Materials(CryptoMaterialsManager):  # type: ignore[misc]
    """Gives the library the data key of one object; it knows nothing of our keys."""

    def __init__(self, keys: KeyService, name: ObjectName) -> None:
        self._keys = keys
        self._name = name
        self.seen: WrappedKey | None = None

    def get_encryption_materials(self, request: EncryptionMaterialsRequest) -> EncryptionMaterials:
        """Return a new data key."""
        made = self._keys.make_data_key(self._name)
        service = MasterKeyInfo(made.wrapped.service, made.wrapped.key_id)
        return EncryptionMaterials(
            algorithm=request.algorithm,
            data_encryption_key=DataKey(service, made.plain, made.wrapped.wrapped),
            encrypted_data_keys={EncryptedDataKey(service, made.wrapped.wrapped)},
            encryption_context={},
        )

    def decrypt_materials(self, request: DecryptionMaterialsRequest) -> DecryptionMaterials:
        """Return the data key of the message, opened under our own context."""
        if request.algorithm is not ALGORITHM or request.encryption_context:
            raise StoredContentChanged
        (found,) = request.encrypted_data_keys
        service, key_id = found.key_provider.provider_id, found.key_provider.key_info.decode()
        self.seen = WrappedKey(service, key_id, found.encrypted_data_key)
        plain = self._keys.open_data_key(self.seen, self._name)
        return DecryptionMaterials(
            data_key=DataKey(found.key_provider, plain, found.encrypted_data_key)
        )


class _Source(io.RawIOBase):
    """The pieces of an object as the library reads them: as a file."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        """Return at most this many bytes, none at the end."""
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._left = piece
        part, self._left = self._left[:size], self._left[size:]
        return part


class _Message(Protocol):
    header: object

    def read(self, size: int) -> bytes: ...


@contextmanager
def _opened(pieces: Pieces, materials: _Materials) -> Iterator[tuple[_Message, _Source]]:
    """Lend the message; what is wrong with it is StoredContentChanged, and all is closed after."""
    source = _Source(pieces)
    # A frame is read whole before it is proven: a longer one than ours is refused.
    message = _sdk.stream(
        mode="decrypt", source=source, materials_manager=materials, max_body_length=FRAME
    )
    try:
        with closing(pieces):
            yield message, source
    except _BROKEN:
        raise StoredContentChanged from None
    finally:
        # The library's own close complains of a message that was not read to its end.
        io.IOBase.close(message)
