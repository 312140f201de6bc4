"""Runs the migrations over the connection that `deployments.release` hands in.

Without one it writes their statements: that is how a test knows that a released migration gives
what it gave.
"""

import importlib
import pkgutil
from typing import Any, Final, Literal

from alembic import context
from sqlalchemy import Enum
from sqlmodel import AutoString, SQLModel

import services.database
from services.database.migrations.contracts import stays

# Whoever waits behind a migration that waits for a lock waits no longer than this.
BEFORE: Final = ("set role keyline_owner", "set lock_timeout = '3s'")

for room in pkgutil.iter_modules(services.database.__path__):
    if room.name != "migrations":
        importlib.import_module(f"services.database.{room.name}")


def plain_types(kind: str, item: object, _context: Any) -> str | Literal[False]:  # noqa: ANN401
    """Write a column of codes as its length of text: a new code needs no migration."""
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


connection = context.config.attributes.get("connection")
context.configure(
    connection=connection,
    dialect_name=None if connection else "postgresql",
    target_metadata=SQLModel.metadata,
    include_schemas=False,
    compare_type=True,
    include_object=stays,
    render_item=plain_types,
)
for statement in BEFORE:
    context.execute(statement)
with context.begin_transaction():
    context.run_migrations()
