"""Lint the catalogue of the database that DATABASE_URL names, else of a fresh one of our own."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool

from deployments import release
from deployments.checks.figures import tell
from deployments.checks.isolation.catalogue import GRANTS, findings, rules
from deployments.local import temporary
from services.database.migrations.roles import WITH_LOGIN
from services.database.signed_context import ContextKey

SECRET = "for a check only, of a database that is gone at its end"  # noqa: S105 -- as it says


def main() -> int:
    """Print what breaks a rule and how many rules were asked; return the exit status."""
    with _administrators_url() as url:
        engine = create_engine(
            make_url(url).set(drivername="postgresql+psycopg"), poolclass=NullPool
        )
        with engine.connect() as connection:
            found = findings(connection)
    for one in found:
        print(f"   {one}")
    tell(f"catalogue lint: {len({*rules(), GRANTS})} rules, {len(found)} findings")
    return 1 if found else 0


@contextmanager
def _administrators_url() -> Iterator[str]:
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with (
        tempfile.TemporaryDirectory(prefix="keyline-lint-") as folder,
        temporary.postgres(Path(folder)) as server,
    ):
        passwords = dict.fromkeys(WITH_LOGIN, SECRET)
        release.migrate(server.url(), release.DatabaseSecrets(passwords, ContextKey(SECRET)))
        yield server.url()


if __name__ == "__main__":
    sys.exit(main())
