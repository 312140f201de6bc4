"""The servers that tests speak to: one of each for a whole run, shared by its processes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory
from uuid import uuid4

from psutil import virtual_memory
from sqlalchemy import URL, Engine, create_engine, event, make_url, text
from sqlalchemy.pool import NullPool

from deployments import release
from deployments.local import temporary
from deployments.local.errors import CannotStart
from deployments.local.object_store import EmbeddedObjectStore, program
from services.database.engine import connect
from services.database.migrations.roles import (
    APP,
    PROVISIONING,
    WITH_LOGIN,
    WORKER,
    ensure_roles,
    let_in,
    login_of,
)
from services.database.signed_context import ContextKey
from services.identity.passwords import Passwords
from services.storage.s3 import S3Bucket, S3Place

# Of test databases, which are gone with the session.
PASSWORDS = dict.fromkeys(WITH_LOGIN, "for-tests-only")
CONTEXT_KEY = ContextKey("for tests only, and long enough for a key")
SECRETS = release.DatabaseSecrets(PASSWORDS, CONTEXT_KEY)
# Where a test is not about hashing, one costs next to nothing.
QUICK_PASSWORDS = Passwords(passes=1, kibibytes=8)
ONE_AT_A_TIME = 725_002  # the advisory lock that processes queue for to make the template
QUICK = (
    # These databases are thrown away: what one would lose in a power cut is not waited for.
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    # It would look through hundreds of small databases, several of them each second.
    "autovacuum=off",
    # A password is proved anew with every connection, and each test has a few of its own.
    "scram_iterations=1",
    # What is read lies in memory: no process beside is asked for it.
    "io_method=sync",
)
# A copy of a database is a thousand small files, which cost a fifth in memory. There must be room
# for every case that stands ready in every process, and for the log of changes.
IN_MEMORY, ROOM = Path("/dev/shm"), 8 * 2**30  # noqa: S108 -- a folder with a random name in it


@dataclass(frozen=True)
class Database:
    """A migrated database: its address for the application, and for the administrator."""

    app_url: str
    admin_url: str


@dataclass(frozen=True)
class PlatformPostgres:
    """A database server of which tests are the administrator."""

    admin_url: str
    template: str

    def url(self, database: str) -> str:
        """Return the administrator's address of another database on it."""
        return _text(make_url(self.admin_url).set(database=database))

    def make_empty(self) -> str:
        """Make an empty database and return its administrator's address."""
        return _text(self._make("empty", "template1"))

    def make_migrated(self) -> Database:
        """Make a database with the product's tables: a copy of one that was migrated once."""
        return self.copy_of(self.migrated)

    def copy_of(self, database: str) -> Database:
        """Make a copy of a database to which nobody is connected, with logins of its own."""
        admin = self._make("keyline", database)
        with create_engine(admin, poolclass=NullPool).begin() as link:
            ensure_roles(link, PASSWORDS)
        login = login_of(APP, str(admin.database))
        app = admin.set(username=login, password=PASSWORDS[APP])
        return Database(_text(app), _text(admin))

    def copy_again(self, database: str, name: str) -> None:
        """Make a copy under a name that had one before, and has its logins still."""
        self._copy(database, name)
        with self._on_server.connect() as link:
            let_in(link, PASSWORDS, name)

    def set_aside(self, database: str) -> str:
        """Give a database to which nobody is connected another name, and return that."""
        name = f"ready_{uuid4().hex[:12]}"
        self._run(f'alter database "{database}" rename to "{name}"')
        return name

    def rest(self) -> None:
        """Close the connection by which databases are made and dropped."""
        self._on_server.dispose()

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._run(f'drop database "{database}" with (force)')

    @cache  # noqa: B019 -- one server for the whole run
    def admin_of(self, engine: Engine) -> Engine:
        """Return the administrator's engine on the same database, disposed of with that one."""
        admin = create_engine(self._server.set(database=engine.url.database), pool_size=2)
        event.listen(engine, "engine_disposed", lambda _disposed: admin.dispose())
        return admin

    @cached_property
    def migrated(self) -> str:
        """Return the database with the product's tables of which all others are copies."""
        with create_engine(self._server, poolclass=NullPool).connect() as link:
            link.execute(text("select pg_advisory_lock(:key)"), {"key": ONE_AT_A_TIME})
            known = text("select count(*) from pg_database where datname = :name")
            if not link.execute(known, {"name": self.template}).scalar_one():
                unfinished = self._make("unfinished", "template1")
                release.migrate(_text(unfinished), SECRETS)
                self._run(f'alter database "{unfinished.database}" rename to "{self.template}"')
        return self.template

    def _make(self, prefix: str, template: str) -> URL:
        name = f"{prefix}_{uuid4().hex[:12]}"
        self._copy(template, name)
        return self._server.set(database=name)

    def _copy(self, template: str, name: str) -> None:
        # By its files: the other way writes all of it to the log of changes besides.
        self._run(f'create database "{name}" template "{template}" strategy file_copy')

    def _run(self, statement: str) -> None:
        with self._on_server.connect() as link:
            link.exec_driver_sql(statement)

    @cached_property
    def _on_server(self) -> Engine:
        """Return an engine that keeps its connection: each test makes and drops a database."""
        return create_engine(self._server, isolation_level="AUTOCOMMIT", pool_size=1)

    @property
    def _server(self) -> URL:
        return make_url(self.admin_url).set(drivername="postgresql+psycopg")


def app_engine_on(url: str) -> Engine:
    """Return the product's own engine on a test database, with the key that is accepted there."""
    return connect(url, CONTEXT_KEY.secret)


@cache
def sibling(engine: Engine, role: str) -> Engine:
    """Return an engine on the same database for another role, disposed of with this one."""
    login = login_of(role, str(engine.url.database))
    own = app_engine_on(_text(engine.url.set(username=login, password=PASSWORDS[role])))
    event.listen(engine, "engine_disposed", lambda _disposed: own.dispose())
    return own


def founder_of(engine: Engine) -> Engine:
    """Return an engine on the same database that may put partnerships on record."""
    return sibling(engine, PROVISIONING)


def worker_of(engine: Engine) -> Engine:
    """Return an engine on the same database with the worker's rights."""
    return sibling(engine, WORKER)


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


@contextmanager
def closing_at_end(server: PlatformPostgres) -> Iterator[PlatformPostgres]:
    """Lend a server to a process, whose own connection to it is closed at the end."""
    yield server
    server.rest()


@contextmanager
def platform_postgres(folder: Path) -> Iterator[PlatformPostgres]:
    """Lend an empty PostgreSQL server; TEST_DATABASE_URL names another to be used instead.

    TEST_DATABASE_TEMPLATE names the migrated database there that several runs make theirs from.
    """
    template = os.environ.get("TEST_DATABASE_TEMPLATE") or f"template_{uuid4().hex[:12]}"
    if given := os.environ.get("TEST_DATABASE_URL"):
        with closing_at_end(PlatformPostgres(given, template)) as server:
            yield server
        return
    with (
        _where_files_are_cheap(folder) as place,
        temporary.postgres(place, QUICK) as started,
        closing_at_end(PlatformPostgres(started.url(), template)) as server,
    ):
        yield server


@contextmanager
def _where_files_are_cheap(folder: Path) -> Iterator[Path]:
    """Lend a folder in memory where there is plenty of it, and otherwise the one given."""
    has_folder = IN_MEMORY.is_dir() and disk_usage(IN_MEMORY).free > ROOM
    if not has_folder or virtual_memory().available < 2 * ROOM:
        yield folder
        return
    with TemporaryDirectory(prefix="keyline-postgres-", dir=IN_MEMORY) as lent:
        yield Path(lent)


@contextmanager
def object_store(folder: Path) -> Iterator[EmbeddedObjectStore | None]:
    """Lend an object store, or none where there is no program of it for this machine."""
    try:
        program()
    except CannotStart:
        yield None
        return
    with temporary.object_store(folder) as store:
        yield store


def bucket_of(store: EmbeddedObjectStore, process: str) -> EmbeddedObjectStore:
    """Return the store with a bucket that the other processes of the run do not look into."""
    own = replace(store, bucket=f"{store.bucket}-{process}")
    own.make_bucket()
    return own


def real_bucket(place: EmbeddedObjectStore) -> S3Bucket:
    """Return the product's own bucket on the object store that tests run."""
    return S3Bucket(
        S3Place(
            bucket=place.bucket,
            endpoint_url=place.endpoint,
            access_key=place.keys.access,
            secret_key=place.keys.secret,
        )
    )
