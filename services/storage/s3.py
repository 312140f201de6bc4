"""The bucket behind the S3 interface."""

import hashlib
from base64 import b64encode
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from urllib3.exceptions import HTTPError

from services.domain.errors import NotFound, StoreUnavailable
from services.storage import CannotLock, StillLocked, StoredVersion
from services.storage.bucket import BucketObject

if TYPE_CHECKING:
    from botocore.response import StreamingBody
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import HeadObjectOutputTypeDef

_PIECE = 64 * 1024
_ABSENT = frozenset({"404", "NoSuchKey", "NoSuchVersion", "NotFound", "InvalidVersionId"})
_NO_LOCKS = frozenset({"ObjectLockConfigurationNotFoundError", "NotImplemented"})
# What the store says of every object; the media type is the database row's to say.
BYTES = "application/octet-stream"
_AWAY = "File storage did not answer. Try again in a few minutes."


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Place:
    """Where the bucket is and who we are there; no endpoint means AWS itself."""

    bucket: str
    endpoint_url: str | None = None
    access_key: str | None = None
    secret_key: str | None = None
    region: str = "eu-west-2"


class S3Bucket:
    """Keep bytes in one versioned bucket."""

    def __init__(self, place: S3Place) -> None:
        self._bucket = place.bucket
        self._client = _client(place)

    def prepare(self) -> None:
        """Make the bucket if it is missing, able to lock objects, and turn versioning on."""
        with _translated():
            try:
                self._client.head_bucket(Bucket=self._bucket)
            except ClientError as problem:
                if _code(problem) not in {"404", "NoSuchBucket"}:
                    raise
                self._client.create_bucket(Bucket=self._bucket, ObjectLockEnabledForBucket=True)
            self._client.put_bucket_versioning(
                Bucket=self._bucket, VersioningConfiguration={"Status": "Enabled"}
            )

    def put(
        self,
        key: str,
        content: bytes,
        *,
        metadata: Mapping[str, str],
        locked_until: datetime | None = None,
    ) -> BucketObject:
        """Keep the bytes; the store itself checks them against their SHA-256."""
        with _translated():
            answer = self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=content,
                ContentType=BYTES,
                ChecksumSHA256=b64encode(hashlib.sha256(content).digest()).decode(),
                Metadata=metadata,
                **self._lock(locked_until),
            )
        return BucketObject(
            key=key,
            version_id=_version(answer.get("VersionId")),
            size=len(content),
            metadata=metadata,
            locked_until=locked_until,
        )

    def put_file(self, key: str, path: Path) -> None:
        """Keep a file of any size, piece by piece; the store checks each against its checksum."""
        with _translated(), path.open("rb") as file:
            self._client.upload_fileobj(file, self._bucket, key, ExtraArgs={"ContentType": BYTES})

    def open(self, key: str, version_id: str | None = None) -> Generator[bytes, None, None]:
        """Ask for the object now, and read it piece by piece afterwards."""
        with _translated():
            answer = self._client.get_object(**self._named(key, version_id))
        return _pieces(answer["Body"])

    def head(self, key: str, version_id: str | None = None) -> BucketObject:
        """Say what is known of the object without reading it."""
        with _translated():
            return _object(key, self._client.head_object(**self._named(key, version_id)))

    def delete(self, key: str, version_id: str | None = None) -> None:
        """Remove one version; without one, every version that the bucket holds of the key."""
        versions = (
            [version_id]
            if version_id
            else [each.version_id for each in self.list_versions(key) if each.key == key]
        )
        for version in versions:
            self._delete(key, version)

    def _delete(self, key: str, version_id: str) -> None:
        try:
            with _translated():
                self._client.delete_object(Bucket=self._bucket, Key=key, VersionId=version_id)
        except StoreUnavailable:
            until = self.head(key, version_id).locked_until
            if until is not None:
                raise StillLocked(until) from None
            raise

    def list_versions(self, prefix: str) -> Iterator[StoredVersion]:
        """List every version under the prefix, page by page."""
        with _translated():
            pages = self._client.get_paginator("list_object_versions").paginate(
                Bucket=self._bucket, Prefix=prefix
            )
            for page in pages:
                for entry in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
                    yield StoredVersion(entry["Key"], entry["VersionId"], entry["LastModified"])

    def _named(self, key: str, version_id: str | None) -> "_Named":
        named: _Named = {"Bucket": self._bucket, "Key": key}
        return named if version_id is None else {**named, "VersionId": version_id}

    def _lock(self, until: datetime | None) -> "_Lock":
        if until is None:
            return {}
        if not self._locks_objects():
            raise CannotLock("This file storage cannot keep a file locked.")
        return {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": until}

    def _locks_objects(self) -> bool:
        try:
            answer = self._client.get_object_lock_configuration(Bucket=self._bucket)
        except ClientError as problem:
            if _code(problem) in _NO_LOCKS:
                return False
            raise
        return answer["ObjectLockConfiguration"].get("ObjectLockEnabled") == "Enabled"


class _Named(TypedDict):
    Bucket: str
    Key: str
    VersionId: NotRequired[str]


class _Lock(TypedDict, total=False):
    ObjectLockMode: Literal["COMPLIANCE"]
    ObjectLockRetainUntilDate: datetime


def _client(place: S3Place) -> "S3Client":
    given = place.endpoint_url is not None
    checks: Literal["when_required", "when_supported"] = (
        "when_required" if given else "when_supported"
    )
    return boto3.client(
        "s3",
        endpoint_url=place.endpoint_url,
        aws_access_key_id=place.access_key,
        aws_secret_access_key=place.secret_key,
        region_name=place.region,
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path" if given else "virtual"},
            request_checksum_calculation=checks,
            response_checksum_validation=checks,
            connect_timeout=2,
            read_timeout=10,
            retries={"total_max_attempts": 3, "mode": "standard"},
        ),
    )


def _pieces(body: "StreamingBody") -> Generator[bytes, None, None]:
    with closing(body), _translated():
        yield from body.iter_chunks(_PIECE)


def _object(key: str, answer: "HeadObjectOutputTypeDef") -> BucketObject:
    return BucketObject(
        key=key,
        version_id=_version(answer.get("VersionId")),
        size=answer["ContentLength"],
        metadata=answer["Metadata"],
        locked_until=answer.get("ObjectLockRetainUntilDate"),
    )


def _version(text: str | None) -> str | None:
    return None if text in (None, "null", "") else text


def _code(problem: ClientError) -> str:
    return str(problem.response.get("Error", {}).get("Code", ""))


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except ClientError as problem:
        if _code(problem) in _ABSENT:
            raise NotFound("This file is not in the store.") from problem
        raise StoreUnavailable(_AWAY) from problem
    except (BotoCoreError, HTTPClientError, HTTPError) as problem:
        raise StoreUnavailable(_AWAY) from problem
