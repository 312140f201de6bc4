"""Write the next migration into its file, or put one that has not landed behind the others."""

import io
import re
import shutil
import tempfile
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config

from deployments import release
from deployments.local import temporary
from deployments.migration.additions import additions
from deployments.migration.comparing import engine_of, held_grants, lacking_checks
from services.database.migrations.roles import WITH_LOGIN
from services.database.signed_context import ContextKey
from services.domain.errors import Unavailable

VERSIONS: Final = release.MIGRATIONS / "versions"
NAMED: Final = re.compile(r"(\d{4})_(\w+)\.py")
_SECRET: Final = "for a comparison only, of a database that is gone at its end"  # noqa: S105 -- as it says


def write_next(title: str, into: Path = VERSIONS) -> Path | None:
    """Write the next migration under this title; return its file, or none where nothing differs."""
    if not title.strip():
        raise Unavailable('Say what the migration is about: make migration NAME="What is new".')
    with tempfile.TemporaryDirectory() as folder, temporary.postgres(Path(folder)) as server:
        secrets = release.DatabaseSecrets(dict.fromkeys(WITH_LOGIN, _SECRET), ContextKey(_SECRET))
        release.migrate(server.url(), secrets, declares=False)
        return write_next_on(server.url(), title.strip().rstrip("."), into)


def write_next_on(admin_url: str, title: str, into: Path) -> Path | None:
    """Write it by comparing with a database that stands at the newest migration."""
    number = f"{last_number() + 1:04}"
    with tempfile.TemporaryDirectory() as folder, engine_of(admin_url).begin() as connection:
        desk = shutil.copytree(release.MIGRATIONS, Path(folder) / "migrations")
        configuration = Config(stdout=io.StringIO())
        configuration.set_main_option("script_location", str(desk))
        configuration.attributes["connection"] = connection
        command.revision(
            configuration,
            title,
            autogenerate=True,
            rev_id=number,
            process_revision_directives=additions(
                lacking_checks(connection), held_grants(connection)
            ),
        )
        made = [*(desk / "versions").glob(f"{number}_*.py")]
        return _placed(made[0], into) if made else None


def _placed(made: Path, into: Path) -> Path:
    """Put the file where it belongs, without what Alembic says to its reader."""
    lines = made.read_text().splitlines(keepends=True)
    place = into / made.name
    place.write_text("".join(line for line in lines if not line.strip().startswith("# ###")))
    return place


def last_number(folder: Path = VERSIONS, *, without: str = "") -> int:
    """Return the number of the last migration, without the file of this name."""
    found = (NAMED.fullmatch(path.name) for path in folder.glob("*.py") if path.name != without)
    return max(int(named[1]) for named in found if named)


def put_last(path: Path) -> Path:
    """Renumber a migration that has not landed, because another landed first; return its file."""
    named = NAMED.fullmatch(path.name)
    if named is None or not path.is_file():
        raise Unavailable(f"{path} is no migration: 0000_what_is_new.py in {VERSIONS.name}/.")
    last = last_number(path.parent, without=path.name)
    words = path.read_text()
    for field, number in (("revision", last + 1), ("down_revision", last)):
        words = re.sub(rf"^{field} = .*$", f'{field} = "{number:04}"', words, flags=re.MULTILINE)
    path.unlink()
    placed = path.with_name(f"{last + 1:04}_{named[2]}.py")
    placed.write_text(words)
    return placed
