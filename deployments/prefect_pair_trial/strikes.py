"""`kill -9` of one server, the other, Redis, one after the other for as long as a case goes on."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Final

from deployments.local.home import Home
from deployments.local.part import PartStatus, all_statuses
from deployments.prefect_pair_trial.pair import PAIR, REDIS
from services.domain.errors import Unavailable

ROUND: Final = (*PAIR, REDIS)
BETWEEN: Final = 5.0  # seconds with everything there, so that one is lost at a time
LONGEST_AWAY: Final = 300.0


@dataclass(frozen=True, slots=True)
class Struck:
    """A part that was killed, and from when until when it was away, in seconds of the epoch."""

    part: str
    lost_at: float
    back_at: float

    @property
    def away(self) -> float:
        """Return for how many seconds."""
        return self.back_at - self.lost_at


def strike_while(
    journey: "subprocess.Popen[bytes]", home: Home, say: Callable[[str], None]
) -> Iterator[Struck]:
    """Kill one part after another, each once the one before is back, until the journey ends."""
    for name in cycle(ROUND):
        if not _goes_on(journey, BETWEEN):
            return
        struck = _strike(home, name)
        say(f"{name} killed, and back after {struck.away:.0f} s")
        yield struck


def _goes_on(journey: "subprocess.Popen[bytes]", seconds: float) -> bool:
    try:
        journey.wait(seconds)
    except subprocess.TimeoutExpired:
        return True
    return False


def _strike(home: Home, name: str) -> Struck:
    """Kill the part's process; the supervisor starts it again, and it is waited for."""
    before = _status(home, name)
    if before is None or not before.is_alive:
        raise Unavailable(f"{name} does not run.")
    lost_at = time.time()
    os.kill(before.pid, signal.SIGKILL)
    while not _is_back(home, before):
        if time.time() > lost_at + LONGEST_AWAY:
            raise Unavailable(f"{name} did not come back.")
        time.sleep(0.1)
    return Struck(name, lost_at, time.time())


def _is_back(home: Home, before: PartStatus) -> bool:
    now = _status(home, before.name)
    return now is not None and now.pid != before.pid and now.state == "running"


def _status(home: Home, name: str) -> PartStatus | None:
    return next((one for one in all_statuses(home) if one.name == name), None)
