"""Real parts for a test session: started in a temporary folder, gone with it."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from deployments.local.errors import CannotStart
from deployments.local.home import Home
from deployments.local.object_store import PORTS, EmbeddedObjectStore, Keys, is_usable
from deployments.local.postgres import EmbeddedPostgres
from deployments.local.processes import Recorded, end

PATIENCE = 60.0


@contextmanager
def postgres(folder: Path, settings: tuple[str, ...] = ()) -> Iterator[EmbeddedPostgres]:
    """Lend an empty database server, with these settings of PostgreSQL's besides."""
    home = Home(folder).made()
    server = EmbeddedPostgres(
        home.folder / "postgres",
        home.choose_port("postgres"),
        "for-tests-only",
        home.log("postgres"),
        settings,
    )
    with _running(server.start(), server.is_ready, server.log):
        yield server
        server.stop()


@contextmanager
def object_store(folder: Path) -> Iterator[EmbeddedObjectStore]:
    """Lend an object store with one empty bucket that keeps versions."""
    store = object_store_in(folder)
    with _running(store.start(), store.is_ready, store.log):
        store.make_bucket()
        yield store
    store.clear_away_sockets()


def object_store_in(folder: Path) -> EmbeddedObjectStore:
    """Return the object store of this folder, with the ports it had before where they are free."""
    home = Home(folder).made()
    return EmbeddedObjectStore(
        home.folder / "objects",
        {name: home.choose_port(name, is_usable=is_usable) for name in PORTS},
        Keys("for-tests", "for-tests-only", "for-tests-signing", "for-tests-encrypting"),
        home.log("objects"),
    )


@contextmanager
def _running(
    started: "subprocess.Popen[bytes]", is_ready: Callable[[], bool], log: Path
) -> Iterator[None]:
    recorded = Recorded.of(started.pid)
    try:
        wait_until_ready(started, is_ready, log)
        yield
    finally:
        end(recorded)
        started.wait()


def wait_until_ready(
    started: "subprocess.Popen[bytes]", is_ready: Callable[[], bool], log: Path
) -> None:
    """Return when the part answers; say why if it ends or stays silent instead."""
    until = time.monotonic() + PATIENCE
    while not is_ready():
        if started.poll() is not None or time.monotonic() > until:
            lines = log.read_text(errors="replace").strip().splitlines()[-5:]
            raise CannotStart(f"{log.stem} did not start: {' / '.join(lines)}")
        time.sleep(0.02)
