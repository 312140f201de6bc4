"""Put a backup into an empty database, under roles and keys of that database's own.

The order matters: the roles that the dump names, the dump, then a release, which brings the tables
up to this code, installs a context key and has the emails wait (`migrations/restored.py`).
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from deployments import release
from deployments.backup.making import object_name, pieces_of
from deployments.backup.manifest import Manifest
from deployments.backup.programs import program, started, told
from services.database.migrations.roles import WITH_LOGIN, ensure_roles, login_of
from services.database.signed_context import ContextKey
from services.domain.errors import NotFound, Unavailable
from services.storage import envelope
from services.storage.keys import KeyService


@dataclass(frozen=True, slots=True)
class Scratch:
    """A database of its own: the administrator's address, and the logins and the key it has."""

    admin_url: str
    secrets: release.DatabaseSecrets

    def url_of(self, role: str) -> str:
        """Return the address by which this role signs in to it."""
        url = make_url(self.admin_url).set(drivername="postgresql")
        login = login_of(role, str(url.database))
        return _text(url.set(username=login, password=self.secrets.passwords[role]))


@contextmanager
def scratch_database(server_url: str, *, keep: bool = False) -> Iterator[Scratch]:
    """Lend an empty database on the server of this address, and drop it with its logins after."""
    name = f"keyline_restored_{uuid4().hex[:12]}"
    _run(server_url, f'create database "{name}"')
    admin = _text(make_url(server_url).set(drivername="postgresql", database=name))
    passwords = {role: secrets.token_urlsafe(24) for role in WITH_LOGIN}
    key = ContextKey(secrets.token_urlsafe(32))
    try:
        yield Scratch(admin, release.DatabaseSecrets(passwords, key))
    except BaseException:
        _drop(server_url, name)
        raise
    if not keep:
        _drop(server_url, name)


def restore(manifest: Manifest, place: Path, keys: KeyService, into: Scratch) -> None:
    """Restore the backup; refuse a file that is not the one that the manifest tells of."""
    _must_be_the_one(manifest, place)
    with _administrator(into.admin_url).begin() as link:
        ensure_roles(link, {})
    address, environment = told(into.admin_url)
    words = [program("pg_restore"), "--exit-on-error", "--single-transaction"]
    with (
        place.open("rb") as file,
        started([*words, f"--dbname={address}"], environment, reads=True) as restoring,
    ):
        for piece in _plain(manifest, pieces_of(file), keys):
            if restoring.stdin:
                restoring.stdin.write(piece)
    release.migrate(into.admin_url, into.secrets)
    # Nobody can sign in now until the ledger of what was disposed of since is replayed from the
    # store (reliability 4.4): the drill does it next, a process of the platform in its first round.


def _plain(manifest: Manifest, pieces: Iterator[bytes], keys: KeyService) -> Iterator[bytes]:
    if not manifest.is_encrypted:
        return pieces
    return envelope.decrypt((piece for piece in pieces), keys, object_name(manifest.name))


def _must_be_the_one(manifest: Manifest, place: Path) -> None:
    if not place.is_file():
        raise NotFound(f"There is no backup {place}.")
    digest = hashlib.sha256()
    with place.open("rb") as file:
        for piece in pieces_of(file):
            digest.update(piece)
    if digest.hexdigest() != manifest.sha256:
        raise Unavailable(f"{place} is not the file that its manifest tells of.")


def _drop(server_url: str, name: str) -> None:
    _run(server_url, f'drop database if exists "{name}" with (force)')
    for role in WITH_LOGIN:
        _run(server_url, f'drop role if exists "{login_of(role, name)}"')


def _run(server_url: str, statement: str) -> None:
    engine = _administrator(server_url).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as link:
        link.execute(text(statement))


def _administrator(url: str) -> Engine:
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"), poolclass=NullPool, hide_parameters=True
    )


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)
