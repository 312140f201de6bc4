"""The secrets of an installation: made once, put where they are missing, and in agreement."""

import base64
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from deployments.production_secrets import (
    BY_A_PERSON,
    SecretsOfInstallation,
    put_missing,
    smtp_password,
)

PLACES = (
    *("web-database-url", "worker-database-url", "sign-in-database-url", "prefect-database-url"),
    *("backup-database-url", "founder-database-url", "typed"),
    *("context-key", "secret-key", "prefect-auth", "prefect-password"),
    *("app-password", "worker-password", "sign-in-password", "provisioning-password"),
    *("operations-password", "backup-password", "redis-messaging-url", "redis-work-url"),
    *BY_A_PERSON,
)


@pytest.fixture
def installation(monkeypatch) -> Iterator[SecretsOfInstallation]:
    """An installation as Terraform leaves it: places without values, a Redis, a user for mail."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "tests")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "tests")
    with mock_aws():
        there = {"region_name": "eu-west-2"}
        boto3.client("iam", **there).create_user(UserName="keyline-smtp")
        manager = boto3.client("secretsmanager", **there)
        places = {name: manager.create_secret(Name=f"keyline/{name}")["ARN"] for name in PLACES}
        boto3.client("elasticache", **there).create_replication_group(
            ReplicationGroupId="keyline-prefect", ReplicationGroupDescription="for tests"
        )
        yield SecretsOfInstallation.of(
            {
                "region": "eu-west-2",
                "places": places,
                "databases": {
                    "keyline": {"host": "db.example.org", "database": "keyline"},
                    "prefect": {"host": "other.example.org", "database": "prefect"},
                },
                "redis": {"id": "keyline-prefect", "host": "redis.example.org"},
                "smtp_user": "keyline-smtp",
            }
        )


def test_each_place_gets_a_value_once_and_keeps_it(installation: SecretsOfInstallation):
    assert put_missing(installation) == sorted(PLACES)
    before = {name: installation.value_of(name) for name in PLACES}
    assert put_missing(installation) == []
    assert {name: installation.value_of(name) for name in PLACES} == before
    values = [value for name, value in before.items() if name != "smtp-user"]
    assert len(set(values)) == len(values)
    assert min(map(len, values)) >= 32


def test_an_address_has_the_password_of_its_login(installation: SecretsOfInstallation):
    installation.put("app-password", "kept")
    put_missing(installation)
    signing_in = installation.value_of("sign-in-password")
    assert installation.value_of("web-database-url") == (
        "postgresql://keyline_app_of_keyline:kept@db.example.org/keyline"
    )
    assert installation.value_of("sign-in-database-url") == (
        f"postgresql://keyline_sign_in_of_keyline:{signing_in}@db.example.org/keyline"
    )
    assert installation.value_of("prefect-database-url") == (
        "postgresql+asyncpg://prefect:"
        f"{installation.value_of('prefect-password')}@other.example.org/prefect"
    )
    event, work = (installation.value_of(f"redis-{one}-url") for one in ("messaging", "work"))
    assert event.startswith("rediss://:")
    assert (event[:-1], event[-1], work[-1]) == (work[:-1], "0", "1")


def test_for_another_relay_a_person_says_the_login(installation: SecretsOfInstallation):
    told = {**installation.told, "smtp_user": ""}
    other = SecretsOfInstallation.of(told)
    assert set(PLACES) - set(put_missing(other)) == set(BY_A_PERSON)


def test_the_password_of_sess_smtp_is_a_version_and_a_signature():
    made = base64.b64decode(smtp_password("a-secret-key", "eu-west-2"))
    assert (made[0], len(made)) == (4, 33)
    assert smtp_password("a-secret-key", "eu-west-2") != smtp_password("a-secret-key", "eu-west-1")
