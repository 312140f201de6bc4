"""What `up` records about the platform it runs, and how other commands find that platform."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from deployments.local.errors import CannotStart
from deployments.local.home import DEFAULT_HOME, Home, write_private
from deployments.local.processes import Recorded

RUNNING_ELSEWHERE = DEFAULT_HOME.folder / "running-elsewhere"
NOT_RUNNING = "Keyline is not running: start it with ./keyline up."
STILL_STARTING = "Keyline is still starting: try again when ./keyline up has said that it answers."


@dataclass(frozen=True)
class SupervisorRecord:
    """The supervisor process of a data folder, the state of its start, and the web address."""

    pid: int
    started: float
    state: str
    address: str

    @staticmethod
    def of(home: Home) -> "SupervisorRecord | None":
        """Return the record that the last supervisor wrote, if it can be read."""
        try:
            return SupervisorRecord(**json.loads(_supervisor_file(home).read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    @property
    def recorded(self) -> Recorded:
        """Return its process."""
        return Recorded(self.pid, self.started)

    def save(self, home: Home) -> None:
        """Write the record for the other commands."""
        write_private(_supervisor_file(home), json.dumps(asdict(self)))


def forget_supervisor(home: Home) -> None:
    """Remove the record of a supervisor that has ended."""
    _supervisor_file(home).unlink(missing_ok=True)


def save_settings(home: Home, settings: Mapping[str, str]) -> None:
    """Record all settings of the running parts, also those that the environment of `up` held."""
    write_private(_settings_file(home), json.dumps(dict(settings), indent=1))


@dataclass(frozen=True)
class RunningPlatform:
    """A platform that answers: its data folder, its web address and the settings of its parts."""

    home: Home
    address: str
    settings: Mapping[str, str]

    @staticmethod
    def find() -> "RunningPlatform":
        """Return the platform of this checkout that runs now."""
        return RunningPlatform.of(find_home(os.environ, DEFAULT_HOME))

    @staticmethod
    def of(home: Home) -> "RunningPlatform":
        """Return the running platform of this data folder; refuse one that does not answer yet."""
        if not home.is_taken():
            raise CannotStart(NOT_RUNNING)
        supervisor = SupervisorRecord.of(home)
        if supervisor is None or supervisor.state != "running":
            raise CannotStart(STILL_STARTING)
        settings: dict[str, str] = json.loads(_settings_file(home).read_text())
        return RunningPlatform(home, supervisor.address, settings)


def find_home(
    environment: Mapping[str, str], default: Home, elsewhere: Path = RUNNING_ELSEWHERE
) -> Home:
    """Return the data folder that KEYLINE_HOME names, else the one a platform runs from now."""
    if named := Home.named_in(environment):
        return named
    if default.is_taken():
        return default
    running = [home for home in _noted(elsewhere) if home.is_taken()]
    if len(running) > 1:
        folders = ", ".join(str(home.folder) for home in running)
        raise CannotStart(f"Keyline runs from {folders}: name one of them in KEYLINE_HOME.")
    return running[0] if running else default


@contextmanager
def noted(home: Home, elsewhere: Path = RUNNING_ELSEWHERE) -> Iterator[None]:
    """Note in the checkout that a platform runs from this folder, as long as it does.

    A checkout that cannot be written goes without: its user names the folder in KEYLINE_HOME.
    """
    note = elsewhere / f"{sha256(str(home.folder).encode()).hexdigest()[:16]}.folder"
    with suppress(OSError):
        elsewhere.parent.mkdir(mode=0o700, exist_ok=True)
        elsewhere.mkdir(mode=0o700, exist_ok=True)
        write_private(note, str(home.folder))
    try:
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)


def _noted(elsewhere: Path) -> Iterator[Home]:
    for note in sorted(elsewhere.glob("*.folder")):
        with suppress(FileNotFoundError):
            yield Home(Path(note.read_text()))


def _supervisor_file(home: Home) -> Path:
    return home.folder / "supervisor.json"


def _settings_file(home: Home) -> Path:
    return home.folder / "environment.json"
