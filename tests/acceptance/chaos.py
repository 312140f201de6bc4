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
from tests.acceptance.errors import JourneyStopped

PATIENCE: Final = 180.0


@dataclass(frozen=True, slots=True)
class Strike:
    """A part to kill before or after an act, the first time that the act is done."""

    part: str
    act: str
    before: bool = False


STRIKES: Final = (
    Strike("worker", "request_returns"),
    Strike("prefect", "accept_pack"),
    Strike("postgres", "submit"),
    Strike("worker", "submit_report"),
    Strike("postgres", "plan_publication", before=True),
    Strike("prefect", "pre_send"),
    Strike("worker", "propose_plan"),
)


@dataclass
class Chaos:
    """The strikes still to come, and the processes that were struck last."""

    home: Home
    say: Callable[[str], None]
    left: list[Strike] = field(default_factory=lambda: list(STRIKES))
    _down: list[PartStatus] = field(default_factory=list)

    def before_act(self, act: str) -> None:
        """Strike before the act is posted, where that is planned."""
        self._strike(act, before=True)

    def after_act(self, act: str) -> None:
        """Strike while the worker does what the act has ordered."""
        self._strike(act, before=False)

    def is_over(self) -> list[str]:
        """Wait for the part that was struck last; return the strikes that never came."""
        self._wait_until_back()
        return [f"{strike.part} at {strike.act}" for strike in self.left]

    def _strike(self, act: str, *, before: bool) -> None:
        for strike in self.left:
            if strike.act == act and strike.before is before:
                self.left.remove(strike)
                self._wait_until_back()
                self._kill(strike.part)
                return

    def _kill(self, name: str) -> None:
        """Kill each process of the part: the workers are several."""
        parts = self._parts(name)
        if not parts or not all(part.is_alive for part in parts):
            raise JourneyStopped(f"The part {name} is not one that this platform started.")
        for part in parts:
            os.kill(part.pid, signal.SIGKILL)
            self.say(f"kill -9 {part.pid} ({part.title})")
        self._down = parts

    def _wait_until_back(self) -> None:
        """Wait until each part that was struck runs again in another process."""
        struck, self._down = self._down, []
        until = time.monotonic() + PATIENCE
        while missing := [part for part in struck if not self._is_back(part)]:
            if time.monotonic() > until:
                raise JourneyStopped(f"{missing[0].title} did not come back after kill -9.")
            time.sleep(0.3)

    def _is_back(self, struck: PartStatus) -> bool:
        return any(part.pid != struck.pid and part.is_alive for part in self._parts(struck.name))

    def _parts(self, name: str) -> list[PartStatus]:
        return [
            part
            for part in all_statuses(self.home)
            if part.name == name or part.name.startswith(f"{name}-")
        ]
