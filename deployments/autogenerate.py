"""Write the first migration anew from the models, until the first release; then add others."""

import io
import shutil
import tempfile
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

from deployments.local import temporary
from deployments.release import MIGRATIONS
from services.database.migrations.roles import ensure_roles

FIRST = "0001"
TITLE = "The first tables"


def differences(admin_url: str) -> list[Any]:
    """Return what a migrated database has otherwise than the models say."""
    engine = create_engine(_driven(admin_url), poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [one for one in compare_metadata(context, SQLModel.metadata) if _is_ours(one)]


def write_first(into: Path = MIGRATIONS / "versions") -> Path:
    """Write migration 0001 from the models; 0002, the protection, stays as it is by hand."""
    with tempfile.TemporaryDirectory() as folder, temporary.postgres(Path(folder)) as server:
        return write_first_on(server.url(), into)


def write_first_on(admin_url: str, into: Path) -> Path:
    """Write it by comparing the models with an empty database."""
    engine = create_engine(_driven(admin_url), poolclass=NullPool)
    with tempfile.TemporaryDirectory() as folder, engine.begin() as connection:
        desk = shutil.copytree(MIGRATIONS, Path(folder) / "migrations")
        for written in (desk / "versions").glob("*.py"):
            written.unlink()
        ensure_roles(connection, {})
        configuration = _configuration(connection, desk)
        command.revision(configuration, TITLE, autogenerate=True, rev_id=FIRST)
        (made,) = (desk / "versions").glob("*.py")
        return Path(shutil.copy(made, into))


def _configuration(connection: Connection, desk: Path) -> Config:
    configuration = Config(stdout=io.StringIO())
    configuration.set_main_option("script_location", str(desk))
    configuration.attributes["connection"] = connection
    return configuration


def _is_ours(difference: Any) -> bool:  # noqa: ANN401 - Alembic's own tuples
    return "alembic_version" not in str(difference)


def _driven(admin_url: str) -> str:
    url = make_url(admin_url).set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


if __name__ == "__main__":
    print(f"Written: {write_first()}. Read it before you keep it.")
