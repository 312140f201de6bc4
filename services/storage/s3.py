"""The object store behind the S3 interface: the one file that knows boto3."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from urllib3.exceptions import HTTPError

from services.domain.errors import NotFound, StoreUnavailable
from services.storage import Stored, StoredVersion
from services.storage.objects import SHA256_NAME, base64_digest, with_digest

if TYPE_CHECKING:
    from botocore.response import StreamingBody
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import HeadObjectOutputTypeDef

_PIECE = 64 * 1024
_ABSENT = frozenset({"404", "NoSuchKey", "NoSuchVersion", "NotFound", "InvalidVersionId"})
_AWAY = "File storage did not answer. Try again in a few minutes."


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Place:
    """Where the bucket is and who we are there; no endpoint means AWS itself."""

    bucket: str
    endpoint_url: str | None = None
    access_key: str | None = None
    secret_key: str | None = None
    region: str = "eu-west-2"


class S3Store:
    """Keep objects in one versioned bucket."""

    def __init__(self, place: S3Place) -> None:
        self._bucket = place.bucket
        self._client = _client(place)

    def prepare(self) -> None:
        """Make the bucket if it is missing and turn versioning on; safe to repeat."""
        with _translated():
            try:
                self._client.head_bucket(Bucket=self._bucket)
            except ClientError as problem:
                if _code(problem) not in {"404", "NoSuchBucket"}:
                    raise
                self._client.create_bucket(Bucket=self._bucket)
            self._client.put_bucket_versioning(
                Bucket=self._bucket, VersioningConfiguration={"Status": "Enabled"}
            )

    def put(
        self,
        key: str,
        content: bytes,
        *,
        media_type: str,
        sha256: str,
        metadata: Mapping[str, str],
    ) -> Stored:
        """Keep the bytes; the store itself checks them against the SHA-256."""
        known = with_digest(metadata, sha256)
        with _translated():
            answer = self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=content,
                ContentType=media_type,
                ChecksumSHA256=base64_digest(sha256),
                Metadata=known,
            )
        return Stored(
            key=key,
            version_id=_version(answer.get("VersionId")),
            etag=answer["ETag"].strip('"'),
            size=len(content),
            media_type=media_type,
            sha256=sha256,
            metadata=known,
        )

    def open(self, key: str, version_id: str | None = None) -> Iterator[bytes]:
        """Ask for the object now, and read it piece by piece afterwards."""
        with _translated():
            if version_id is None:
                answer = self._client.get_object(Bucket=self._bucket, Key=key)
            else:
                answer = self._client.get_object(Bucket=self._bucket, Key=key, VersionId=version_id)
        return _pieces(answer["Body"])

    def head(self, key: str, version_id: str | None = None) -> Stored:
        """Say what is known of the object without reading it."""
        with _translated():
            if version_id is None:
                answer = self._client.head_object(Bucket=self._bucket, Key=key)
            else:
                answer = self._client.head_object(
                    Bucket=self._bucket, Key=key, VersionId=version_id
                )
        return _stored(key, answer)

    def delete(self, key: str, version_id: str | None = None) -> None:
        """Remove one version; without one, every version that the bucket holds of the key."""
        with _translated():
            versions = (
                [version_id]
                if version_id
                else [each.version_id for each in self.list_versions(key) if each.key == key]
            )
            for version in versions:
                self._client.delete_object(Bucket=self._bucket, Key=key, VersionId=version)

    def list_versions(self, prefix: str) -> Iterator[StoredVersion]:
        """List every version under the prefix, page by page."""
        with _translated():
            pages = self._client.get_paginator("list_object_versions").paginate(
                Bucket=self._bucket, Prefix=prefix
            )
            for page in pages:
                for entry in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
                    yield StoredVersion(entry["Key"], entry["VersionId"], entry["LastModified"])


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


def _pieces(body: "StreamingBody") -> Iterator[bytes]:
    with closing(body), _translated():
        yield from body.iter_chunks(_PIECE)


def _stored(key: str, answer: "HeadObjectOutputTypeDef") -> Stored:
    return Stored(
        key=key,
        version_id=_version(answer.get("VersionId")),
        etag=answer["ETag"].strip('"'),
        size=answer["ContentLength"],
        media_type=answer["ContentType"],
        sha256=answer["Metadata"].get(SHA256_NAME, ""),
        metadata=answer["Metadata"],
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
