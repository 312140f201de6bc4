"""Runs the migrations over the connection that `deployments.release` hands in."""

import importlib
import pkgutil

from alembic import context
from sqlalchemy import text
from sqlmodel import SQLModel

import services.database

for room in pkgutil.iter_modules(services.database.__path__):
    if room.name != "migrations":
        importlib.import_module(f"services.database.{room.name}")

connection = context.config.attributes["connection"]
connection.execute(text("set role keyline_owner"))
connection.execute(text("set lock_timeout = '5s'"))
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    include_schemas=False,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
