"""`python -m deployments.release_trial`: the newest release and this code, together, for journeys.

It begins with the tag's own platform, on which cases wait at every stage. The tables are then
brought up to this code, and a journey is carried by the tag's pages with this code's worker, and
another by this code's pages with the tag's worker. The contract step is refused meanwhile, and made
once both are of this code. Nobody who waited has lost anything.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final

from deployments import CHECKOUT
from deployments.local.checkout import HERE, Checkout
from deployments.local.home import Home, any_free_port
from deployments.local.trial import keyline, platform
from deployments.release_trial import contract_step
from deployments.release_trial.mixed import checkout_of
from services.domain.errors import CaseworkError, Unavailable

WAITING: Final = CHECKOUT / "tests" / "at_every_stage.py"
BRANCH: Final = "lcspr"  # or the branch that is said, for both
# No paper of it is of a kind that the worker of release-1 does not know (decision 0055).
OF_OLD_WORKER: Final = "near-miss"
RELEASES: Final = Path(__file__).with_name("releases.txt")
MIXED: Final = "deployments.release_trial.mixed"


def main(branch: str = "") -> None:
    """Carry the whole of it, and print the figures as a line each."""
    with (
        tempfile.TemporaryDirectory(prefix="keyline-release-") as folder,
        newest_released(Path(folder)) as old,
    ):
        home = Home(Path(folder) / "home").made()
        port = str(any_free_port())
        told = {name: word for name, word in os.environ.items() if name != "PYTHONPATH"}
        told |= {"KEYLINE_HOME": str(home.folder)}
        began = time.monotonic()

        def say(words: str) -> None:
            print(f"{(time.monotonic() - began) / 60:5.1f} min  {words}", flush=True)

        before = alone(old, told, port)
        say(f"{old.name}: {len(before)} cases wait, at {len(stages(before))} stages")
        for web, worker, usual in ((old, HERE, BRANCH), (HERE, old, OF_OLD_WORKER)):
            with mixed(home, web, worker, port):
                say(f"pages of {web.name}, worker of {worker.name}")
                keyline(web, told, "journey", "--branch", branch or usual)
                contract_step.must_be_refused(home)
            say("  the journey ended as expected, and the contract step was refused meanwhile")
        with mixed(home, HERE, HERE, port):
            say("both of this code")
            say(f"  beside it the contract step: {contract_step.carry_out(home)}")
            after = waiting(HERE, told, "look")
        for came in must_wait_as_before(before, after):
            say(f"  asked for since, by a round: {came}")
        say(f"each of the {len(after)} cases that waited waits at its stage, with its tasks")


def alone(old: Checkout, told: Mapping[str, str], port: str) -> "Waiting":
    """Have the tag's own platform make cases that wait at every stage; return what waits."""
    try:
        keyline(old, told, "up", "--detach", "--port", port)
        return waiting(old, told, "make")
    finally:
        keyline(old, told, "down")


def mixed(home: Home, web: Checkout, worker: Checkout, port: str) -> AbstractContextManager[None]:
    """Run a platform with parts of these checkouts, from its start to its end."""
    return platform(home, MIXED, str(web.folder), str(worker.folder), port)


Waiting = Mapping[str, list[str]]


def stages(found: Waiting) -> set[str]:
    """Return at which stages cases wait."""
    return {lines[0] for lines in found.values()}


def must_wait_as_before(before: Waiting, after: Waiting) -> list[str]:
    """Return what came to wait since; raise Unavailable with every case that has lost something.

    A round that comes by meanwhile may ask people for more, as it would without any release.
    """
    lost = "; ".join(
        f"{case}: {lines} and then {after.get(case)}"
        for case, lines in before.items()
        if not _still_waits(lines, after.get(case, []))
    )
    if lost:
        raise Unavailable(f"What waited is not as it was: {lost}")
    since = {case: Counter(after[case]) - Counter(lines) for case, lines in before.items()}
    return [f"{case}: {', '.join(new)}" for case, new in since.items() if new]


def _still_waits(before: list[str], after: list[str]) -> bool:
    """Say whether stage and parked work are the same, and each task is still there."""
    return before[:2] == after[:2] and Counter(before) <= Counter(after)


def waiting(checkout: Checkout, told: Mapping[str, str], act: str) -> Waiting:
    """Have the checkout's code make the cases, or look at them; return what waits on each."""
    done = subprocess.run(  # noqa: S603 -- our own script
        # -P: what lies beside the script is not taken for a package of that name.
        [checkout.python, "-P", str(WAITING), act],
        cwd=checkout.folder,
        env=checkout.environment(told),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unavailable(f"{checkout.name}: {done.stderr.strip()[-2000:]}")
    found: Waiting = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def newest_released(folder: Path) -> Iterator[Checkout]:
    """Lend a worktree of the newest release with its environment made, and put it away after."""
    tag, commit = newest_release(RELEASES.read_text())
    old = checkout_of(folder / tag)
    _git("worktree", "add", "--detach", str(old.folder), commit)
    try:
        keyline(old, os.environ, "test", "--help")
        yield old
    finally:
        _git("worktree", "remove", "--force", str(old.folder))


def newest_release(listed: str) -> tuple[str, str]:
    """Return the last release of the list, and its commit.

    A clone may come without tags; the list is committed, and says the same wherever it is read.
    """
    tag, commit = listed.splitlines()[-1].split()
    return tag, commit


def _git(*words: str) -> str:
    done = subprocess.run(  # noqa: S603 -- the words are ours
        ["git", *words],  # noqa: S607
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unavailable(f"git {words[0]}: {done.stderr.strip()}")
    return done.stdout.strip()


if __name__ == "__main__":
    try:
        main(*sys.argv[1:2])
    except CaseworkError as refused:
        sys.exit(f"release-trial: {refused}")
