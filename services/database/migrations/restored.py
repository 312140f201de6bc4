"""How a release knows that the database is a restored one, and what it notes of it.

A backup holds the tables and no context keys, not even their table: a database that has the one
and lacks the other came from a backup. One that was put back file by file (point-in-time recovery)
has both: whoever did it says so by `release restored`.
"""

from typing import Final

from sqlalchemy import Connection, text

from services.database.migrations.roles import OWNER

_LACKS_KEYS: Final = text(
    "select to_regclass('public.alembic_version') is not null"
    " and to_regclass('sec.context_keys') is null"
)
_NOTED: Final = text("insert into restorations (id) values (gen_random_uuid())")


def comes_from_backup(connection: Connection) -> bool:
    """Tell whether the database was restored from a backup; asked before anything is migrated."""
    return bool(connection.execute(_LACKS_KEYS).scalar_one())


def note_restored(connection: Connection) -> None:
    """Have its emails wait until a person lets them leave."""
    connection.execute(text(f"set local role {OWNER}"))
    connection.execute(_NOTED)
    connection.execute(text("reset role"))
