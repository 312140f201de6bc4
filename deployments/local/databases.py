"""The databases on the server: Keyline's own, and Prefect's with a role of its own."""

from typing import LiteralString

import psycopg
from psycopg import sql

from deployments.local.errors import CannotStart
from deployments.prefect_database import give_prefect_its_login

PREFECT = "prefect"


def make_database(server_url: str, name: str) -> None:
    """Create the database unless it exists; no role may connect without a grant."""
    with _administrator(server_url, name) as connection:
        if not _is_known(connection, "pg_database", "datname", name):
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("revoke connect, temporary on database {} from public").format(
                sql.Identifier(name)
            )
        )


def reach(url: str) -> None:
    """Say plainly where the database does not answer or does not let us in."""
    _administrator(url, "Keyline").close()


def newest_migration(url: str) -> str:
    """Return the migration that the tables are at, if there are tables."""
    return str(_answer(url, "select max(version_num) from alembic_version"))


def has_partnerships(url: str) -> bool:
    """Say whether anybody has been put on record; who may not look is told no."""
    return bool(_answer(url, "select exists (select from partnerships)"))


def lets_in(url: str) -> bool:
    """Say whether the database lets this login in."""
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.OperationalError:
        return False
    return True


def make_prefect_role(server_url: str, name: str, password: str) -> None:
    """Give Prefect a role that owns its own database, of the same name, and nothing else."""
    with _administrator(server_url, name) as connection:
        give_prefect_its_login(connection, name, password)


def _administrator(server_url: str, name: str) -> "psycopg.Connection[tuple[object, ...]]":
    try:
        return psycopg.connect(server_url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as refused:
        reason = str(refused).strip().splitlines()[-1]
        raise CannotStart(f"The database server for {name} did not answer: {reason}") from refused


def _answer(url: str, question: LiteralString) -> object:
    try:
        with _administrator(url, "Keyline") as connection:
            row = connection.execute(question).fetchone()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege):
        return None
    return row[0] if row else None


def _is_known(
    connection: "psycopg.Connection[tuple[object, ...]]", table: str, column: str, name: str
) -> bool:
    question = sql.SQL("select 1 from {} where {} = %s").format(
        sql.Identifier(table), sql.Identifier(column)
    )
    return connection.execute(question, [name]).fetchone() is not None
