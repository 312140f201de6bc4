"""Bring a database and Prefect up to this release: migrate, then register; safe to repeat."""

import os
import sys

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, func, make_url, select
from sqlalchemy.pool import NullPool

from deployments import CHECKOUT
from services.database.migrations.roles import ensure_roles
from services.domain.errors import CaseworkError, Unavailable
from services.orchestration import deployment_registry

MIGRATIONS = CHECKOUT / "services" / "database" / "migrations"
ONE_AT_A_TIME = 725_001  # the advisory lock that two releases at once queue for


def migrate(admin_url: str, app_password: str) -> None:
    """Make the roles, then bring the tables up to the newest migration: all of it or nothing."""
    engine = create_engine(
        make_url(admin_url).set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        poolclass=NullPool,
    )
    configuration = Config()
    configuration.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        ensure_roles(connection, app_password)
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "head")


def register() -> None:
    """Register the flow, its pool and its queues with the Prefect server of PREFECT_API_URL."""
    deployment_registry.register()


def main(words: list[str]) -> None:
    """Obey the words given to the image: `migrate`, `register`, or both for none."""
    for word in words or ["migrate", "register"]:
        match word:
            case "migrate":
                migrate(_needed("DATABASE_URL"), _needed("KEYLINE_APP_PASSWORD"))
            case "register":
                register()
            case other:
                raise Unavailable(f"There is no release step {other!r}: say migrate or register.")


def _needed(name: str) -> str:
    if not (word := os.environ.get(name)):
        raise Unavailable(f"{name} must be set for a release.")
    return word


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CaseworkError as refused:
        sys.exit(f"release: {refused}")
