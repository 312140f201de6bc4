"""`python -m deployments.production_secrets` makes the secrets of an installation and puts them.

It reads what `terraform output -json secrets` prints, and runs where a person is signed in to AWS.
A secret that has a value keeps it, so it is safe to repeat. Nobody sees a value: Terraform is never
told one, and nothing is printed but names.
"""

import base64
import hashlib
import hmac
import json
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import boto3
from botocore.exceptions import ClientError

from services.database.migrations.roles import (
    APP,
    BACKUP,
    OPERATIONS,
    PROVISIONING,
    SIGN_IN,
    WORKER,
    login_of,
)

PASSWORDS: Final = {
    "app-password": APP,
    "worker-password": WORKER,
    "sign-in-password": SIGN_IN,
    "provisioning-password": PROVISIONING,
    "operations-password": OPERATIONS,
    "backup-password": BACKUP,
}
ADDRESSES: Final = {
    "web-database-url": "app-password",
    "worker-database-url": "worker-password",
    "sign-in-database-url": "sign-in-password",
    "backup-database-url": "backup-password",
    "founder-database-url": "provisioning-password",
}
BY_A_PERSON: Final = ("smtp-user", "smtp-password")


@dataclass(frozen=True)
class SecretsOfInstallation:
    """The places of an installation's secrets, and what their values are made from."""

    told: Mapping[str, Any]
    manager: Any
    accounts: Any
    caches: Any

    @staticmethod
    def of(told: Mapping[str, Any], endpoint_url: str | None = None) -> "SecretsOfInstallation":
        """Speak to AWS as whoever is signed in; another address is an emulator's."""
        there = {"region_name": told["region"], "endpoint_url": endpoint_url}
        if endpoint_url:
            there |= {"aws_access_key_id": "trial", "aws_secret_access_key": "trial"}
        session: Any = boto3
        clients = (
            session.client(name, **there) for name in ("secretsmanager", "iam", "elasticache")
        )
        return SecretsOfInstallation(told, *clients)

    def value_of(self, name: str) -> str:
        """Return a secret's value; nothing where it has none yet."""
        try:
            found = self.manager.get_secret_value(SecretId=self.told["places"][name])
        except ClientError as refused:
            if refused.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
            return ""
        return str(found.get("SecretString") or "")

    def put(self, name: str, value: str) -> None:
        """Give a secret its value."""
        self.manager.put_secret_value(SecretId=self.told["places"][name], SecretString=value)


def put_missing(installation: SecretsOfInstallation) -> list[str]:
    """Make and put what has no value yet; return the names of what was put."""
    known = {name: installation.value_of(name) for name in installation.told["places"]}
    missing = {name for name, value in known.items() if not value}
    made = known | {name: _made(name) for name in missing if name in (*PASSWORDS, *_MADE)}
    made |= {name: _address(installation.told, name, made) for name in missing & set(ADDRESSES)}
    if "prefect-database-url" in missing:
        there = installation.told["databases"]["prefect"]
        signed_in = f"{there['database']}:{made['prefect-password']}@{there['host']}"
        made["prefect-database-url"] = f"postgresql+asyncpg://{signed_in}/{there['database']}"
    if missing & {"redis-messaging-url", "redis-work-url"}:
        made |= _guarded_redis(installation)
        missing |= {"redis-messaging-url", "redis-work-url"}
    if missing & set(BY_A_PERSON) and installation.told["smtp_user"]:
        made |= _smtp_login(installation)
    put = sorted(name for name in missing if made.get(name))
    for name in put:
        installation.put(name, made[name])
    return put


_MADE: Final = {"context-key", "secret-key", "prefect-auth", "prefect-password", "typed"}


def _made(name: str) -> str:
    random = secrets.token_urlsafe(36)
    return f"keyline:{random}" if name == "prefect-auth" else random


def _address(told: Mapping[str, Any], name: str, made: Mapping[str, str]) -> str:
    password = ADDRESSES[name]
    there = told["databases"]["keyline"]
    login = login_of(PASSWORDS[password], there["database"])
    return f"postgresql://{login}:{made[password]}@{there['host']}/{there['database']}"


def _guarded_redis(installation: SecretsOfInstallation) -> dict[str, str]:
    """Have Prefect's Redis know a password; it asks for it once the change is made final."""
    there, token = installation.told["redis"], secrets.token_urlsafe(36)
    installation.caches.modify_replication_group(
        ReplicationGroupId=there["id"],
        AuthToken=token,
        AuthTokenUpdateStrategy="ROTATE",
        ApplyImmediately=True,
    )
    address = f"rediss://:{token}@{there['host']}:6379"
    return {"redis-messaging-url": f"{address}/0", "redis-work-url": f"{address}/1"}


def _smtp_login(installation: SecretsOfInstallation) -> dict[str, str]:
    key = installation.accounts.create_access_key(UserName=installation.told["smtp_user"])
    made = key["AccessKey"]
    password = smtp_password(made["SecretAccessKey"], installation.told["region"])
    return {"smtp-user": made["AccessKeyId"], "smtp-password": password}


def smtp_password(secret_key: str, region: str) -> str:
    """Return the password of SES's SMTP for an access key, as AWS has published it (version 4)."""
    signature = f"AWS4{secret_key}".encode()
    for word in ("11111111", region, "ses", "aws4_request", "SendRawEmail"):
        signature = hmac.new(signature, word.encode(), hashlib.sha256).digest()
    return base64.b64encode(b"\x04" + signature).decode()


def main() -> int:
    """Put what is missing; say what was put, and what a person must put."""
    installation = SecretsOfInstallation.of(json.load(sys.stdin))
    for name in put_missing(installation):
        print(f"put {name}")
    left = [name for name in installation.told["places"] if not installation.value_of(name)]
    for name in left:
        print(f"put this yourself: {name} ({installation.told['places'][name]})")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
