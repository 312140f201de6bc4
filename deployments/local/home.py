"""The data folder of a local platform: its data, secrets, ports and logs."""

import errno
import fcntl
import json
import os
import secrets
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TextIO

from deployments import CHECKOUT
from deployments.local.errors import AlreadyRunning, CannotStart

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """Return whether that port of the loopback address is free."""
    with closing(socket.socket()) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


@dataclass(frozen=True)
class Home:
    """The data folder of one local platform; only its owner may read it."""

    folder: Path

    @staticmethod
    def here() -> "Home":
        """Return the folder named by KEYLINE_HOME, else `.keyline` in the checkout."""
        return Home.named_in(os.environ) or DEFAULT_HOME

    @staticmethod
    def named_in(environment: Mapping[str, str]) -> "Home | None":
        """Return the folder that this environment names, if it names one."""
        named = environment.get("KEYLINE_HOME")
        return Home(Path(named).expanduser().resolve()) if named else None

    def made(self) -> "Home":
        """Make the folder, closed to other people; say plainly where that cannot be."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self.folder.stat().st_uid == os.geteuid():
                self.folder.chmod(0o700)
            for name in ("logs", "parts", "secrets", "tmp"):
                (self.folder / name).mkdir(mode=0o700, exist_ok=True)
                if not os.access(self.folder / name, os.W_OK | os.X_OK):
                    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        except OSError as refused:
            raise CannotStart(
                f"The data folder {self.folder} cannot be made or written ({refused.strerror}); "
                "name another one in KEYLINE_HOME."
            ) from refused
        return self

    def log(self, part: str) -> Path:
        """Return where that part's log lines go."""
        return self.folder / "logs" / f"{part}.log"

    def secret(self, name: str) -> str:
        """Return the secret of that name, made on first use and readable by its owner only."""
        path = self.folder / "secrets" / name
        if not path.exists():
            write_private(path, secrets.token_urlsafe(32))
        return path.read_text()

    def port(self, name: str) -> int:
        """Return the port that was chosen under this name."""
        try:
            return self._ports()[name]
        except KeyError:
            raise CannotStart("Keyline has not been started here: ./keyline up.") from None

    def choose_port(
        self, name: str, preferred: int = 0, is_usable: Callable[[int], bool] = is_free
    ) -> int:
        """Choose a port: the one used before, else the preferred, else any that is free.

        A port that somebody else has taken meanwhile is left to them and another one remembered.
        """
        ports = self._ports()
        others = {port for other, port in ports.items() if other != name}
        wished = chain((ports.get(name, preferred), preferred), _free_ports())
        port = next(port for port in wished if port and port not in others and is_usable(port))
        self.remember_port(name, port)
        return port

    def remember_port(self, name: str, port: int) -> None:
        """Write down the port under this name."""
        ports = self._ports()
        if ports.get(name) != port:
            write_private(self.folder / "ports.json", json.dumps(ports | {name: port}, indent=1))

    def _ports(self) -> dict[str, int]:
        try:
            ports: dict[str, int] = json.loads((self.folder / "ports.json").read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return ports

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold the folder for one supervisor; raise AlreadyRunning for a second one."""
        with (self.folder / "up.lock").open("a") as lock:
            if not _lock(lock):
                raise AlreadyRunning(f"Keyline is already running from {self.folder}.")
            yield

    def is_taken(self) -> bool:
        """Return whether a supervisor holds this folder now; false for another user's."""
        try:
            with (self.folder / "up.lock").open("a") as lock:
                return not _lock(lock)
        except (FileNotFoundError, PermissionError):
            return False


DEFAULT_HOME = Home(CHECKOUT / ".keyline")


def write_private(path: Path, text: str) -> None:
    """Write the whole file or nothing, readable by its owner only."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    new.replace(path)


def _lock(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def any_free_port() -> int:
    """Return a port that is free now."""
    with closing(socket.socket()) as trial:
        trial.bind((LOOPBACK, 0))
        port: int = trial.getsockname()[1]
    return port


def _free_ports() -> Iterator[int]:
    while True:
        yield any_free_port()
