"""A fresh migrated database of a benchmark's own, on a server that is gone at its end."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, make_url

from deployments import release
from deployments.local import temporary
from services.database.engine import connect
from services.database.migrations.roles import APP, PROVISIONING, login_of
from services.database.signed_context import ContextKey

SECRET = "for a benchmark only, of a database gone at its end"  # noqa: S105 -- as it says


@dataclass(frozen=True)
class FreshDatabase:
    """Its administrator's address, and the engines of the application and of provisioning."""

    admin_url: str
    engine: Engine
    founder: Engine


@contextmanager
def fresh_database() -> Iterator[FreshDatabase]:
    """Lend a migrated database with nothing in it."""
    with (
        tempfile.TemporaryDirectory(prefix="keyline-benchmark-") as folder,
        temporary.postgres(Path(folder)) as server,
    ):
        url = make_url(server.url()).set(drivername="postgresql+psycopg")
        admin_url = url.render_as_string(hide_password=False)
        passwords = {APP: SECRET, PROVISIONING: SECRET}
        release.migrate(admin_url, release.DatabaseSecrets(passwords, ContextKey(SECRET)))
        logins = (
            url.set(username=login_of(role, str(url.database)), password=SECRET)
            for role in (APP, PROVISIONING)
        )
        engine, founder = (
            connect(login.render_as_string(hide_password=False), SECRET) for login in logins
        )
        yield FreshDatabase(admin_url, engine, founder)
        for each in (engine, founder):
            each.dispose()
