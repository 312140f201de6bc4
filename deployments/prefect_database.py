"""Prefect's own database: a login that owns it, and Prefect's tables in it.

`python -m deployments.prefect_database` makes both ready, once a release and before its servers:
two that begin together would make the tables at one time.
"""

import os
import subprocess
import sys
from typing import Any

import psycopg
from psycopg import sql

NEEDED = (
    "KEYLINE_PREFECT_DATABASE_URL",
    "KEYLINE_PREFECT_ADMIN_PASSWORD",
    "KEYLINE_PREFECT_PASSWORD",
    "PREFECT_SERVER_DATABASE_CONNECTION_URL",  # Prefect reads it itself
)


def give_prefect_its_login(
    connection: "psycopg.Connection[tuple[Any, ...]]", name: str, password: str
) -> None:
    """Let a login of the database's name own it, with this password; safe to repeat."""
    role = sql.Identifier(name)
    known = connection.execute("select 1 from pg_roles where rolname = %s", [name]).fetchone()
    if known is None:
        connection.execute(sql.SQL("create role {}").format(role))
    login = sql.SQL("alter role {} login password {}")
    connection.execute(login.format(role, sql.Literal(password)))
    connection.execute(sql.SQL("grant {} to current_user").format(role))
    connection.execute(sql.SQL("alter database {} owner to {}").format(role, role))


def main() -> int:
    """Do both for the server that the environment names; safe to repeat."""
    told = os.environ
    if missing := [name for name in NEEDED if not told.get(name)]:
        print(f"prefect-database: {', '.join(missing)} must be set.", file=sys.stderr)
        return 1
    prepare(*(told[name] for name in NEEDED[:3]))
    upgrade = (sys.executable, "-P", "-m", "prefect", "server", "database", "upgrade", "--yes")
    return subprocess.run(upgrade, check=False).returncode  # noqa: S603 -- the words are our own


def prepare(admin_url: str, admin_password: str, password: str) -> None:
    """Do so as the administrator of Prefect's server, whose address holds no password."""
    with psycopg.connect(
        admin_url, password=admin_password, autocommit=True, connect_timeout=10
    ) as connection:
        give_prefect_its_login(connection, connection.info.dbname, password)
        closed = sql.SQL("revoke connect, temporary on database {} from public")
        connection.execute(closed.format(sql.Identifier(connection.info.dbname)))


if __name__ == "__main__":
    sys.exit(main())
