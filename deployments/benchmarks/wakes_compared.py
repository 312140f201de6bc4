"""This tree against a commit: platforms of their own, one at a time, twice in turned order."""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deployments import CHECKOUT
from deployments.benchmarks.wakes_platform import BenchmarkedPlatform
from deployments.local.home import Home

PORT = 8700
CALM = 2.0
CALMS_WITHIN = 300.0

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
        for done in one_case(place, number):
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

Measure = Callable[[BenchmarkedPlatform], object]


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


def compare(commit: str, measure: Measure, burst: int) -> None:
    """Measure old, new, new, old, each on a platform that holds nothing else; print each load."""
    with tempfile.TemporaryDirectory(prefix="keyline-wakes-") as scratch:
        folder = Path(scratch)
        with _checked_out(commit, folder / "old") as old:
            new = Tree("this tree", CHECKOUT)
            for number, tree in enumerate((old, new, new, old)):
                with _platform(tree, folder / f"home-{number}") as platform:
                    platform.prepare(burst, tree.program)
                    before = _calm_load()
                    print(json.dumps({"tree": tree.name, "load_before": before}), flush=True)
                    measure(platform)
                    print(json.dumps({"tree": tree.name, "counts": before < CALM}), flush=True)


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
    return round(os.getloadavg()[0], 2)
