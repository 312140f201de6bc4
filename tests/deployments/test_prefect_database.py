"""What a release makes ready at the databases, as the administrator of a managed server."""

import psycopg
import pytest
from sqlalchemy import URL, make_url
from sqlalchemy.exc import OperationalError

from deployments import prefect_database, release
from tests.servers import CONTEXT_KEY, PlatformPostgres


def without_password(url: str) -> tuple[str, str]:
    """Return the address as Terraform tells it, and the password as the secrets manager does."""
    given = make_url(url)
    plain = URL.create("postgresql", given.username, None, given.host, given.port, given.database)
    return plain.render_as_string(hide_password=False), str(given.password)


def test_prefect_owns_its_database_and_nobody_else_may_connect(platform_postgres: PlatformPostgres):
    empty = platform_postgres.make_empty()
    address, password = without_password(empty)
    for its_own in ("first-password", "second-password"):
        prefect_database.prepare(address, password, its_own)
    name = str(make_url(empty).database)
    login = make_url(address).set(username=name, password="second-password")  # noqa: S106
    with psycopg.connect(login.render_as_string(hide_password=False)) as link:
        link.execute("create table flows (id int)")
        owner = "select pg_get_userbyid(datdba), datacl from pg_database where datname = %s"
        row = link.execute(owner, [name]).fetchone()
    assert row is not None
    assert row[0] == name
    assert not any(right.startswith("=") for right in str(row[1]).strip("{}").split(","))


def test_what_is_missing_is_said_by_its_name(capsys, monkeypatch):
    for name in prefect_database.NEEDED[1:]:
        monkeypatch.setenv(name, "given")
    monkeypatch.delenv(prefect_database.NEEDED[0], raising=False)
    assert prefect_database.main() == 1
    assert capsys.readouterr().err == (
        "prefect-database: KEYLINE_PREFECT_DATABASE_URL must be set.\n"
    )


def test_the_release_takes_the_administrators_password_from_beside_the_address(
    platform_postgres: PlatformPostgres, monkeypatch
):
    address, password = without_password(platform_postgres.make_migrated().admin_url)
    monkeypatch.setenv("PGPASSWORD", password)
    assert release.retire_keys(address, CONTEXT_KEY) == []
    monkeypatch.setenv("PGPASSWORD", "another")
    with pytest.raises(OperationalError, match="password authentication failed"):
        release.retire_keys(address, CONTEXT_KEY)
