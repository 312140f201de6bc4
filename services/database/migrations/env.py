"""Runs the migrations over the connection that `deployments.release` hands in."""

import importlib
import pkgutil
from typing import Any, Literal

from alembic import context
from sqlalchemy import Enum, text
from sqlmodel import SQLModel

import services.database

for room in pkgutil.iter_modules(services.database.__path__):
    if room.name != "migrations":
        importlib.import_module(f"services.database.{room.name}")


def codes_as_text(kind: str, item: object, _context: Any) -> str | Literal[False]:  # noqa: ANN401
    """Write a column of codes as its length of text: a new code needs no migration."""
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


connection = context.config.attributes["connection"]
connection.execute(text("set role keyline_owner"))
connection.execute(text("set lock_timeout = '5s'"))
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    include_schemas=False,
    compare_type=True,
    render_item=codes_as_text,
)
with context.begin_transaction():
    context.run_migrations()
