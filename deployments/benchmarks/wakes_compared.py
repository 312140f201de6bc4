"""This tree against a commit: platforms of their own, one at a time, pairs in turned order."""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from deployments import CHECKOUT
from deployments.benchmarks.wakes_platform import BenchmarkedPlatform
from deployments.benchmarks.wakes_ratios import CALM, PAIRS, Figures, WakePair, verdict
from deployments.local.home import Home

PORT = 8700
CALMS_WITHIN = 300.0
MOST_PAIRS = 6

# What a commit is told that has no deployments/benchmarks/prepare.py.
BEFORE_PREPARE = """
import sys
from deployments.benchmarks.acts import (
    Actor, CaseId, agency_id_of, england, one_case, partnership_id_of, person_id_of, unit_of_work,
)
from deployments.demo.partnerships import NORTHMOOR, SALTMARSH, THREE_RIVERS
from services.bootstrap import neighbours

for place, count in zip((NORTHMOOR, SALTMARSH, THREE_RIVERS), map(int, sys.argv[1:])):
    for number in range(count):
        case_id = None
        for done in one_case(place.code, place.agency("hospital"), number):
            actor = Actor(
                person_id=person_id_of(place.email(done.who)),
                partnership_id=partnership_id_of(place.code), role=done.role, seat=done.seat,
                agency_id=agency_id_of(place.code, done.agency) if done.agency else None,
            )
            with unit_of_work(neighbours().engine, actor, done.at, england()) as work:
                case_id = CaseId(done.act(work, case_id, done.words).id)
            if done.name == "record_notification":
                break
"""

Measure = Callable[[BenchmarkedPlatform], Figures]


@dataclass(frozen=True)
class Tree:
    """One commit's files, and how it is called in what is printed."""

    name: str
    folder: Path

    @property
    def program(self) -> tuple[str, ...]:
        """Return how this tree puts cases on record."""
        if (self.folder / "deployments" / "benchmarks" / "prepare.py").exists():
            return ("-m", "deployments.benchmarks.prepare")
        return ("-c", BEFORE_PREPARE)


def compare(commit: str, measure: Measure, burst: int) -> bool:
    """Measure old and new, new and old, each on a platform that holds nothing else.

    A pair counts if the load before both was under `CALM`; one on a machine that does not become
    calm is given up and another one is tried. Print each load, the ratios and the verdict; tell
    whether every ratio is kept.
    """
    pairs: list[WakePair] = []
    with tempfile.TemporaryDirectory(prefix="keyline-wakes-") as scratch:
        folder = Path(scratch)
        with _checked_out(commit, folder / "old") as old:
            trees = (old, Tree("this tree", CHECKOUT))
            while sum(pair.counts for pair in pairs) < PAIRS and len(pairs) < MOST_PAIRS:
                turned = trees if len(pairs) % 2 == 0 else trees[::-1]
                home = folder / f"pair-{len(pairs)}"
                pairs.append(_pair(turned, old, partial(_one, home, measure, burst)))
                print(json.dumps({"pair": len(pairs), "counts": pairs[-1].counts}), flush=True)
    judged = verdict(pairs)
    print("\n".join(judged.lines), flush=True)
    return judged.is_kept


def _pair(
    turned: Sequence[Tree], old: Tree, one: Callable[[Tree], tuple[float, Figures]]
) -> WakePair:
    """Measure both trees in this order; the second not where the first found no calm."""
    found: dict[str, Figures] = {}
    loads: list[float] = []
    for tree in turned:
        load, figures = one(tree)
        loads.append(load)
        if not figures:
            break
        found[tree.name] = figures
    (new,) = (tree for tree in turned if tree is not old)
    return WakePair(found.get(old.name, {}), found.get(new.name, {}), tuple(loads))


def _one(home: Path, measure: Measure, burst: int, tree: Tree) -> tuple[float, Figures]:
    """Measure one tree once the machine is calm; nothing where it does not become so."""
    with _platform(tree, home / tree.name.replace(" ", "-")) as platform:
        platform.prepare(burst, tree.program)
        before = _calm_load()
        print(json.dumps({"tree": tree.name, "load_before": before}), flush=True)
        return before, measure(platform) if before < CALM else {}


@contextmanager
def _checked_out(commit: str, folder: Path) -> Iterator[Tree]:
    git = ("git", "-C", str(CHECKOUT), "worktree")
    subprocess.run([*git, "add", "--detach", str(folder), commit], check=True)  # noqa: S603
    try:
        yield Tree(commit, folder)
    finally:
        subprocess.run([*git, "remove", "--force", str(folder)], check=True)  # noqa: S603


@contextmanager
def _platform(tree: Tree, folder: Path) -> Iterator[BenchmarkedPlatform]:
    """Lend a platform of the tree in a data folder of its own."""
    environment = {
        **{name: word for name, word in os.environ.items() if not name.startswith("KEYLINE_")},
        "KEYLINE_HOME": str(folder),
    }
    environment.pop("PYTHONPATH", None)
    command = str(tree.folder / "keyline")
    up = [command, "up", "--detach", "--port", str(PORT)]
    subprocess.run(up, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        python = str(tree.folder / ".venv" / "bin" / "python")
        yield BenchmarkedPlatform(Home(folder), python, tree.folder)
    finally:
        down = [command, "down"]
        subprocess.run(down, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def _calm_load() -> float:
    """Wait a little for the machine to be calm; return its load."""
    until = time.monotonic() + CALMS_WITHIN
    while os.getloadavg()[0] >= CALM and time.monotonic() < until:
        time.sleep(2)
    return os.getloadavg()[0]
