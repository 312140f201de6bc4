"""Keys in AWS KMS: one key a partnership, found by its alias, which never leaves KMS.

KMS checks the encryption context itself, writes each use of a key to its log, and can disable or
destroy the key of one partnership. A key that KMS rotates keeps its id and opens what it wrapped
before. To replace a key, point the alias at a new one: the data key in each object says which key
wrapped it, so the old one must stay enabled until nothing lies under it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    HTTPClientError,
    ParamValidationError,
)

from services.storage import KeyMissing, ObjectName, StoredContentChanged
from services.storage.keys import DataKey, KeysUnavailable, WrappedKey, context_of

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

SERVICE = "aws-kms"
_AWAY = "The encryption keys did not answer. Try again in a few minutes."
_MISSING = frozenset(
    {"NotFoundException", "DisabledException", "KMSInvalidStateException", "AccessDeniedException"}
)
_WRONG = frozenset({"InvalidCiphertextException", "IncorrectKeyException", "ValidationException"})


@dataclass(frozen=True, slots=True, kw_only=True)
class KmsPlace:
    """Where the keys are and who we are there; what is not said, the AWS environment says."""

    alias_prefix: str
    region: str
    endpoint_url: str | None = None
    access_key: str | None = None
    secret_key: str | None = None


class KmsKeys:
    """Make and open data keys with each partnership's own key in KMS."""

    def __init__(self, place: KmsPlace) -> None:
        self._prefix = place.alias_prefix
        self._client = _client(place)

    def make_data_key(self, name: ObjectName) -> DataKey:
        """Have KMS make a data key under the key that the owner's alias names now."""
        with _translated():
            made = self._client.generate_data_key(
                KeyId=self._alias(name), KeySpec="AES_256", EncryptionContext=context_of(name)
            )
        return DataKey(
            made["Plaintext"], WrappedKey(SERVICE, made["KeyId"], made["CiphertextBlob"])
        )

    def open_data_key(self, wrapped: WrappedKey, name: ObjectName) -> bytes:
        """Have KMS open the data key, with the key that wrapped it and in our own context."""
        if wrapped.service != SERVICE:
            raise KeyMissing
        with _translated():
            opened = self._client.decrypt(
                KeyId=wrapped.key_id,
                CiphertextBlob=wrapped.wrapped,
                EncryptionContext=context_of(name),
            )
        return opened["Plaintext"]

    def is_current(self, wrapped: WrappedKey, name: ObjectName) -> bool:
        """Tell whether the owner's alias names the key that wrapped it."""
        with _translated():
            now = self._client.describe_key(KeyId=self._alias(name))["KeyMetadata"]
        return (wrapped.service, wrapped.key_id) == (SERVICE, now["Arn"])

    def _alias(self, name: ObjectName) -> str:
        return f"{self._prefix}{name.owner}"


def _client(place: KmsPlace) -> "KMSClient":
    return boto3.client(
        "kms",
        endpoint_url=place.endpoint_url,
        aws_access_key_id=place.access_key,
        aws_secret_access_key=place.secret_key,
        region_name=place.region,
        config=Config(
            connect_timeout=2,
            read_timeout=5,
            retries={"total_max_attempts": 3, "mode": "standard"},
        ),
    )


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except ClientError as problem:
        code = str(problem.response.get("Error", {}).get("Code", ""))
        if code in _MISSING:
            raise KeyMissing from problem
        if code in _WRONG:
            raise StoredContentChanged from problem
        raise KeysUnavailable(_AWAY) from problem
    except ParamValidationError as problem:
        raise StoredContentChanged from problem
    except (BotoCoreError, HTTPClientError) as problem:
        raise KeysUnavailable(_AWAY) from problem
