"""Which context keys the database accepts: a release installs the new one, and retires the old.

While a key is changed two of them are live: the release installs the new key, then the processes
are started with it one by one, then the old one is retired.
"""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text

from services.database.migrations.roles import SEC
from services.database.signed_context import ContextKey

SIGNED_CONTEXT: Final = Path(__file__).with_name("signed_context.sql").read_text()
_INSTALL = text(
    "insert into sec.context_keys (name, inner_pad, outer_pad) values (:name, :inner, :outer)"
    " on conflict (name) do update set retired_at = null"
)
_RETIRE = text(
    "update sec.context_keys set retired_at = clock_timestamp()"
    " where name <> :name and retired_at is null returning name"
)


def install_key(connection: Connection, key: ContextKey) -> None:
    """Accept contexts signed with this key from now on, beside those accepted before.

    A backup holds no key and not their table, which is made again here after a restore.
    """
    inner, outer = key.pads
    connection.execute(text(SIGNED_CONTEXT))
    connection.execute(text(f"set local role {SEC}"))
    connection.execute(_INSTALL, {"name": key.name, "inner": inner, "outer": outer})
    connection.execute(text("reset role"))


def retire_other_keys(connection: Connection, key: ContextKey) -> list[str]:
    """Accept contexts signed with this key only; return the names of the keys that end."""
    connection.execute(text(f"set local role {SEC}"))
    names = list(connection.execute(_RETIRE, {"name": key.name}).scalars())
    connection.execute(text("reset role"))
    return names
