"""The functions and views of the database, and the policies of the roles that own them.

Tables are migrated, functions are declared: each file beside this one holds the newest text of its
part and is safe to run again. A release runs those whose text is not the one that the database has,
after the last migration, so that a change of a function needs no migration.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text

from services.database.migrations.roles import OWNER

# In the order of the first time, where one calls another.
DECLARED: Final = (
    "blocked_cases",
    "watch",
    "audit",
    "drafts",
    "guests",
    "sharing",
    "police",
    "search",
    "webhooks",
    "measures",
    "appointments",
    "information_requests",
    "console",
    "disposal",
)
# Which text the database has stands as a comment on the table that says which tables it has.
_HAS: Final = text("select obj_description('public.alembic_version'::regclass, 'pg_class')")
_QUOTED: Final = text("select quote_literal(:words)")


def declare(connection: Connection) -> list[str]:
    """Run each file whose text is not the one that this database has; return their names."""
    texts = {name: Path(__file__).with_name(f"{name}.sql").read_text() for name in DECLARED}
    now = {name: sha256(words.encode()).hexdigest() for name, words in texts.items()}
    has = json.loads(connection.execute(_HAS).scalar_one() or "{}")
    changed = [name for name in DECLARED if has.get(name) != now[name]]
    for name in changed:
        connection.execute(text(texts[name]))
    if changed:
        quoted = connection.execute(_QUOTED, {"words": json.dumps(now)}).scalar_one()
        connection.execute(text(f"set local role {OWNER}"))
        connection.exec_driver_sql(f"comment on table public.alembic_version is {quoted}")
    return changed
