"""What the supervisor must know of one part of the platform, and what it shows of it."""

import json
import signal
import subprocess
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from deployments.local.home import Home, write_private
from deployments.local.processes import Recorded


@dataclass(frozen=True)
class Part:
    """One process of the platform: how it starts, when it answers, how it is asked to stop."""

    name: str
    title: str
    address: str
    version: str
    start: "Callable[[], subprocess.Popen[bytes]]"
    is_ready: Callable[[], bool]
    stopped_by: signal.Signals = signal.SIGTERM
    patience: float = 90.0


@dataclass(frozen=True)
class PartStatus:
    """What is known of a part at one moment; `given` ones are run by somebody else."""

    name: str
    title: str
    state: str
    address: str
    version: str = ""
    pid: int = 0
    started: float = 0.0
    restarts: int = 0
    stopped_by: str = field(default=signal.SIGTERM.name)

    @property
    def recorded(self) -> Recorded | None:
        """Return the process behind it, if it is one of ours."""
        return Recorded(self.pid, self.started) if self.pid else None

    @property
    def is_alive(self) -> bool:
        """Say whether that process lives."""
        return self.recorded is not None and self.recorded.process() is not None

    def save(self, home: Home) -> None:
        """Write it down for `status`, and for the next start to find what is left."""
        write_private(_place(home, self.name), json.dumps(asdict(self)))


def all_statuses(home: Home) -> list[PartStatus]:
    """Return what is written down of every part, in the order of their names."""
    found = (_load(path) for path in sorted((home.folder / "parts").glob("*.json")))
    return [shown for shown in found if shown is not None]


def forget(home: Home, name: str) -> None:
    """Drop what was written down of a part."""
    _place(home, name).unlink(missing_ok=True)


def _place(home: Home, name: str) -> Path:
    return home.folder / "parts" / f"{name}.json"


def _load(path: Path) -> PartStatus | None:
    try:
        return PartStatus(**json.loads(path.read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None
