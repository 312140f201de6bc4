"""Which context keys the database accepts: a release installs the new one, and retires the old.

While a key is changed two of them are live: the release installs the new key, then the processes
are started with it one by one, then the old one is retired.
"""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text
from sqlmodel import Session

from services.database.audit import NewLink, append
from services.database.migrations.roles import APP, SEC
from services.database.signed_context import NONE_CHOSEN, SETTING, ContextKey
from services.domain.audit import INSTALLATION, AdministrativeEvent, AuditKind

SIGNED_CONTEXT: Final = Path(__file__).with_name("signed_context.sql").read_text()
_INSTALL = text(
    "insert into sec.context_keys (name, inner_pad, outer_pad) values (:name, :inner, :outer)"
    " on conflict (name) do update set retired_at = null"
)
_SIGNED = text("select set_config(:setting, :context, true)")
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
    """Accept contexts signed with this key only; return the names of the keys that end.

    It stands in the installation's own audit, under the key that stays.
    """
    connection.execute(text(f"set local role {SEC}"))
    names = list(connection.execute(_RETIRE, {"name": key.name}).scalars())
    connection.execute(text(f"set local role {APP}"))
    signed = key.sign(INSTALLATION, NONE_CHOSEN)
    connection.execute(_SIGNED, {"setting": SETTING, "context": signed})
    told = {"kind": AuditKind.ADMINISTRATION, "what": AdministrativeEvent.CONTEXT_KEYS_RETIRED}
    with Session(connection) as session:
        append(session, [NewLink({**told, "keys": len(names)})])
    connection.execute(text("reset role"))
    return names
