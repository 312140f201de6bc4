"""What is taken away once no code runs any more that reads it: the last of the steps of a rename.

A contract step is no migration of the chain, which every release makes while the code of the
release before still runs. It is said apart (`release contract`), looks first whether such code is
connected, and is safe to say again. Which code a connection is of it tells by its name:
`keyline <newest migration of that code>`; what has no such name is older than the names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, text

from services.database.migrations.roles import APP, OWNER, SIGN_IN, WORKER, login_of
from services.domain.errors import Unavailable

LONGEST_WAIT: Final = "set local lock_timeout = '3s'"  # for whoever waits behind it
NAME: Final = "keyline"
OF_CODE: Final = (APP, SIGN_IN, WORKER)


@dataclass(frozen=True, slots=True)
class Contract:
    """A column that goes, the first migration whose code reads it no more, and how it goes."""

    table: str
    column: str
    unread_since: str
    statements: tuple[str, ...]


CONTRACTS: Final = (
    # Renamed to `led_by` by 0010; release-1 is the last that reads it.
    Contract(
        table="ticks",
        column="leader",
        unread_since="0010",
        statements=(
            "drop trigger if exists same_leader on public.ticks",
            "drop function if exists public.ticks_lead()",
            "alter table public.ticks drop column leader",
        ),
    ),
)
_IS_THERE: Final = text(
    "select exists (select from information_schema.columns where table_schema = 'public'"
    " and table_name = :table and column_name = :column)"
)
_CONNECTED: Final = text(
    "select usename, coalesce(application_name, '') as name, count(*) as many"
    " from pg_stat_activity where datname = current_database() and usename = any (:logins)"
    " group by 1, 2 order by 1, 2"
)


def carry_out_contracts(
    connection: Connection, contracts: Sequence[Contract] = CONTRACTS
) -> list[str]:
    """Take away what is still there and read by nobody; return the columns that went.

    Raises Unavailable, with nothing changed, while a connection is of code that may read one.
    """
    left = [one for one in contracts if _is_there(connection, one)]
    if not left:
        return []
    _must_be_unread(connection, max(one.unread_since for one in left))
    connection.exec_driver_sql(LONGEST_WAIT)
    connection.exec_driver_sql(f"set local role {OWNER}")
    for one in left:
        for statement in one.statements:
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql("reset role")
    return [f"{one.table}.{one.column}" for one in left]


def stays(item: Any, _name: object, kind: str, *_compared: object) -> bool:  # noqa: ANN401
    """Tell Alembic whether to compare this: a column that is to go is in no model any more."""
    if kind != "column":
        return True
    return (item.table.name, item.name) not in {(one.table, one.column) for one in CONTRACTS}


def _is_there(connection: Connection, one: Contract) -> bool:
    asked = {"table": one.table, "column": one.column}
    return bool(connection.execute(_IS_THERE, asked).scalar_one())


def _must_be_unread(connection: Connection, since: str) -> None:
    """Refuse while a connection of the application's logins is of older code, or tells nothing."""
    database = str(connection.exec_driver_sql("select current_database()").scalar_one())
    logins = [login_of(role, database) for role in OF_CODE]
    found = connection.execute(_CONNECTED, {"logins": logins}).all()
    old = [one for one in found if not _is_of(one.name, since)]
    if old:
        told = ", ".join(f"{one.many} of {one.usename}" for one in old)
        raise Unavailable(
            "Code that may still read what is to be taken away is connected"
            f" ({told}). Nothing was changed: end its processes, and say it again."
        )


def _is_of(name: str, since: str) -> bool:
    ours, _, migration = name.partition(" ")
    return ours == NAME and migration.isdigit() and migration >= since
