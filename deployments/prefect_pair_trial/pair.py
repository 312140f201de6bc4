"""A platform with two Prefect servers over one database and one Redis, and a balancer before them.

    python -m deployments.prefect_pair_trial.pair PORT

Everything else is as `./keyline up` starts it: worker and pages know the balancer's address alone.
"""

import subprocess
import sys
import time
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from deployments.local import processes
from deployments.local.home import LOOPBACK, Home, is_free
from deployments.local.part import Part
from deployments.local.plan import PYTHON, Plan
from deployments.local.prefect_server import PrefectServer
from deployments.local.run_as import plain_environment
from deployments.local.running import run_here
from deployments.prefect_pair_trial.redis_server import NAMES, RedisServer, program
from deployments.prefect_settings import of_server
from services.domain.errors import Unavailable

PAIR: Final = ("prefect-a", "prefect-b")
REDIS: Final = "redis"
AWAY: Final = 15.0  # seconds before what was lost is started again: long enough to be missed


def slow_to_return(part: Part) -> Part:
    """Return the part with a start that waits, except for the first: it is lost for a while."""
    starts = count()

    def start() -> "subprocess.Popen[bytes]":
        if next(starts):
            time.sleep(AWAY)
        return part.start()

    return replace(part, start=start)


@dataclass(frozen=True)
class OneOfTwo(PrefectServer):
    """A Prefect server beside another one; what they tell each other goes by Redis."""

    name: str
    redis: RedisServer

    def part(self) -> Part:
        """Return it as a part of the platform, under its own name."""
        return replace(super().part(), name=self.name, title=f"Prefect server {self.name[-1]}")

    def _environment(self) -> dict[str, str]:
        told = {
            "PREFECT_REDIS_MESSAGING_URL": self.redis.url(0),
            "PREFECT_SERVER_DOCKET_URL": self.redis.url(1),
        }
        return of_server(super()._environment() | told)


class PairPlan(Plan):
    """A start whose Prefect is two servers, one after the other: the first makes the tables."""

    def _prefect(self) -> str:
        home, launch = self.platform.home, self.supervisor.launch
        redis = self._redis()
        launch(slow_to_return(redis.part()))
        alone = self.platform.prefect
        for name in PAIR:
            server = OneOfTwo(
                home.folder / name,
                home.choose_port(name),
                alone.database_url,
                alone.password,
                home.log(name),
                name,
                redis,
            )
            launch(slow_to_return(server.part()))
        return launch(self._balancer())

    def _redis(self) -> RedisServer:
        found, home = program(), self.platform.home
        if found is None:
            raise Unavailable(f"None of {', '.join(NAMES)} is on this machine.")
        secret, port = home.secret(REDIS), home.choose_port(REDIS)
        return RedisServer(found, home.folder / REDIS, port, secret, home.log(REDIS))

    def _balancer(self) -> Part:
        home = self.platform.home
        own, others = home.port("prefect"), [home.port(name) for name in PAIR]
        words = [*PYTHON, "deployments.prefect_pair_trial.balancer", *map(str, (own, *others))]

        def start() -> "subprocess.Popen[bytes]":
            return processes.start(words, home.log("balancer"), plain_environment())

        return Part(
            "balancer", "Balancer", f"http://{LOOPBACK}:{own}", "", start, lambda: not is_free(own)
        )


def main(words: list[str]) -> None:
    """Start the platform of KEYLINE_HOME so, and stay until told to stop."""
    run_here(Home.here().made(), int(words[0]), PairPlan)


if __name__ == "__main__":
    main(sys.argv[1:])
