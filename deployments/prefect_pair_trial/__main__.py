"""`python -m deployments.prefect_pair_trial [BRANCH]`: two Prefect servers, either of them lost.

A journey is carried through the pages while one server, then the other, then their Redis is killed
with `kill -9`, each once the one before is back, until the journey has ended. What is killed stays
away for a while, and Redis comes back empty. Where no Redis is on the machine it says that it was
not run.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from itertools import filterfalse
from pathlib import Path
from typing import Any, Final

from deployments import CHECKOUT
from deployments.local.home import Home, any_free_port
from deployments.local.trial import platform
from deployments.prefect_pair_trial.counts import PairCounts, count
from deployments.prefect_pair_trial.pair import PAIR, REDIS
from deployments.prefect_pair_trial.redis_server import NAMED_BY, NAMES, program
from deployments.prefect_pair_trial.strikes import ROUND, Struck, strike_while
from services.domain.errors import CaseworkError, Unavailable

BRANCH: Final = "lcspr"  # or the branch that is said
STARTED: Final = "deployments.prefect_pair_trial.pair"
LONGEST_END: Final = 600.0
# What the journey finds amiss on Prefect's own pages: with Redis the events go that are under way,
# and no case hangs on them (decision 0001). They are told, and are no failure.
OF_PREFECTS_PAGES: Final = ("Prefect shows step", "the flow run has the task runs")


def main(branch: str = BRANCH) -> None:
    """Carry the whole of it, and print the figures as a line each."""
    if program() is None:
        print(f"not run: none of {', '.join(NAMES)} is on the path; {NAMED_BY} may name one.")
        return
    with tempfile.TemporaryDirectory(prefix="keyline-pair-") as folder:
        home = Home(Path(folder) / "home").made()
        began = time.monotonic()

        def say(words: str) -> None:
            print(f"{(time.monotonic() - began) / 60:5.1f} min  {words}", flush=True)

        with platform(home, STARTED, str(any_free_port())):
            say("two Prefect servers, their Redis and the balancer answer")
            struck, told = carry(home, branch, say)
            say("the journey ended")
            found = count(home, told["case"], struck)
        _show(say, struck, found)
        differences = told["differences"]
        for each in filter(_is_of_prefects_pages, differences):
            say(f"Prefect's own pages: {each}")
        _must_be_whole(branch, list(filterfalse(_is_of_prefects_pages, differences)), found)


def carry(
    home: Home, branch: str, say: Callable[[str], None]
) -> tuple[list[Struck], dict[str, Any]]:
    """Carry the journey with a part lost at any time; return what was struck and what it told."""
    output = home.folder / "journey.json"
    with output.open("wb") as lines:
        journey = subprocess.Popen(  # noqa: S603 -- ours
            [str(CHECKOUT / "keyline"), "journey", "--branch", branch, "--json"],
            env=os.environ | {"KEYLINE_HOME": str(home.folder)},
            stdout=lines,
        )
    try:
        struck = list(strike_while(journey, home, say))
    finally:
        journey.terminate()
        journey.wait(LONGEST_END)
    if not (printed := output.read_text()):
        raise Unavailable(f"The journey ended with {journey.returncode} and told nothing.")
    told: dict[str, Any] = json.loads(printed)[branch]
    return struck, told


def _show(say: Callable[[str], None], struck: list[Struck], found: PairCounts) -> None:
    times = Counter(one.part for one in struck)
    for part in ROUND:
        away = sum(one.away for one in struck if one.part == part)
        done = found.done_without[part]
        say(f"{part}: killed {times[part]} times, away {away:.0f} s, {done} orders done meanwhile")
    say(f"runs {found.runs}, orders {found.ordered}, begun more than once {found.begun_again}")
    say(f"lost: {found.lost}, doubled: {found.doubled}")


def _is_of_prefects_pages(difference: str) -> bool:
    return difference.startswith(OF_PREFECTS_PAGES)


def _must_be_whole(branch: str, differences: list[str], found: PairCounts) -> None:
    """Raise Unavailable unless the work went on without either server, and nothing was lost.

    Without Redis both servers refuse what changes a run, so nothing need be done meanwhile.
    """
    wrong = differences + [
        f"nothing was done without {part}" for part in PAIR if not found.done_without[part]
    ]
    if REDIS not in found.done_without:
        wrong.append("Redis was never lost")
    if found.lost or found.doubled:
        wrong.append(f"lost {found.lost}, doubled {found.doubled}")
    if wrong:
        raise Unavailable(f"{branch}: {'; '.join(wrong)}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:2])
    except CaseworkError as refused:
        sys.exit(f"prefect-pair-trial: {refused}")
