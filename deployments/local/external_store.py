"""Checks that the external S3 service answers and has the bucket."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from deployments.local.errors import CannotStart
from deployments.local.object_store import keep_versions

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def reach(words: Mapping[str, str]) -> None:
    """Make sure of the bucket; a service other than AWS gets one where it has none."""
    endpoint, bucket = words.get("S3_ENDPOINT_URL"), words["S3_BUCKET"]
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id=words.get("AWS_ACCESS_KEY_ID"),
        aws_secret_access_key=words.get("AWS_SECRET_ACCESS_KEY"),
        aws_session_token=words.get("AWS_SESSION_TOKEN"),
        region_name=words.get("AWS_REGION"),
        config=Config(
            signature_version="s3v4", retries={"total_max_attempts": 2}, connect_timeout=5
        ),
    )
    try:
        client.head_bucket(Bucket=bucket)
    except ClientError as refused:
        if refused.response["ResponseMetadata"]["HTTPStatusCode"] != HTTPStatus.NOT_FOUND:
            raise CannotStart(f"The object store refuses the bucket {bucket}: {refused}") from None
        if endpoint is None:
            sentence = f"There is no bucket {bucket}: make it, or correct S3_BUCKET."
            raise CannotStart(sentence) from None
        _make(client, bucket)
        keep_versions(client, bucket)
    except BotoCoreError as away:
        raise CannotStart(f"The object store cannot be reached: {away}") from None


def _make(client: "S3Client", bucket: str) -> None:
    """Make the bucket: able to lock objects where the service has that."""
    try:
        client.create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True)
    except ClientError as refused:
        if refused.response["Error"].get("Code") != "NotImplemented":
            raise
        client.create_bucket(Bucket=bucket)
