"""What the models and the grants say, and what a database at the newest migration has."""

from collections.abc import Mapping
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, Engine, create_engine, inspect, make_url
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

from services.database.migrations.contracts import stays
from services.database.migrations.grants import PRIVILEGES
from services.database.migrations.roles import WITH_LOGIN

_HELD = (
    "select c.relname, g.rolname, lower(a.privilege_type) from pg_class c, aclexplode(c.relacl) a"
    " join pg_roles g on g.oid = a.grantee"
    " where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"
)


def differences(admin_url: str) -> list[Any]:
    """Return what a migrated database has otherwise than the models say."""
    with engine_of(admin_url).connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": stays}
        )
        found = compare_metadata(context, SQLModel.metadata)
        lacking = [("add_check", str(each.name)) for each in lacking_checks(connection)]
        return [one for one in found if "alembic_version" not in str(one)] + lacking


def lacking_checks(connection: Connection) -> list[CheckConstraint]:
    """Return the checks of the models that tables of the database have not, by their names.

    Alembic compares no checks.
    """
    known = inspect(connection).get_multi_check_constraints()
    named = {table: {each["name"] for each in found} for (_, table), found in known.items()}
    return [
        each
        for table in SQLModel.metadata.sorted_tables
        if table.name in named
        for each in sorted(table.constraints, key=lambda one: str(one.name))
        if isinstance(each, CheckConstraint) and each.name not in named[table.name]
    ]


def held_grants(connection: Connection) -> Mapping[str, Mapping[str, str]]:
    """Return which login holds which letters on which table, as `grants.py` writes it."""
    letter_of = {word: letter for letter, word in PRIVILEGES.items()}
    held: dict[str, dict[str, str]] = {}
    for table, role, word in connection.exec_driver_sql(_HELD):
        if role in WITH_LOGIN and word in letter_of:
            granted = held.setdefault(table, {})
            granted[role] = granted.get(role, "") + letter_of[word]
    return held


def engine_of(admin_url: str) -> Engine:
    """Return an engine for the administrator that keeps no connection."""
    return create_engine(
        make_url(admin_url).set(drivername="postgresql+psycopg"), poolclass=NullPool
    )
