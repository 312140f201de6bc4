"""`kill -9` in mid-journey: of the worker, of Prefect's server and of PostgreSQL, one at a time.

Only parts that this platform started are struck, by the process that is written down for them.
"""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from deployments.local.home import Home
from deployments.local.part import PartStatus, all_statuses
from services.domain.todos import Todo
from tests.acceptance.errors import JourneyStopped

PATIENCE: Final = 180.0


@dataclass(frozen=True, slots=True)
class Strike:
    """A part to kill before or after an act, the first time that the act is done."""

    part: str
    path: str
    before: bool = False


STRIKES: Final = (
    Strike("worker-1", Todo.REQUEST_RETURNS),
    Strike("prefect", Todo.ACCEPT_PACK),
    Strike("postgres", Todo.SUBMIT),
    Strike("worker-1", Todo.SUBMIT_REPORT),
    Strike("postgres", Todo.PLAN_PUBLICATION, before=True),
    Strike("prefect", Todo.PRE_SEND),
    Strike("worker-1", Todo.AGREE_PLAN),
)


@dataclass
class Chaos:
    """The strikes still to come, and the part that was struck last."""

    home: Home
    say: Callable[[str], None]
    left: list[Strike] = field(default_factory=lambda: list(STRIKES))
    _down: PartStatus | None = None

    def before_act(self, path: str) -> None:
        """Strike before the act is posted, where that is planned."""
        self._strike(path, before=True)

    def after_act(self, path: str) -> None:
        """Strike while the worker does what the act has ordered."""
        self._strike(path, before=False)

    def is_over(self) -> list[str]:
        """Wait for the part that was struck last; return the strikes that never came."""
        self._wait_until_back()
        return [f"{strike.part} at {strike.path}" for strike in self.left]

    def _strike(self, path: str, *, before: bool) -> None:
        for strike in self.left:
            if strike.path == path and strike.before is before:
                self.left.remove(strike)
                self._wait_until_back()
                self._kill(strike.part)
                return

    def _kill(self, name: str) -> None:
        part = self._part(name)
        if part is None or part.recorded is None or part.recorded.process() is None:
            raise JourneyStopped(f"The part {name} is not one that this platform started.")
        os.kill(part.pid, signal.SIGKILL)
        self.say(f"kill -9 {part.pid} ({part.title})")
        self._down = part

    def _wait_until_back(self) -> None:
        """Wait until the part that was struck runs again in another process."""
        struck, self._down = self._down, None
        until = time.monotonic() + PATIENCE
        while struck is not None:
            now = self._part(struck.name)
            if now is not None and now.pid != struck.pid and now.is_alive:
                return
            if time.monotonic() > until:
                raise JourneyStopped(f"{struck.title} did not come back after kill -9.")
            time.sleep(0.3)

    def _part(self, name: str) -> PartStatus | None:
        return next((part for part in all_statuses(self.home) if part.name == name), None)
