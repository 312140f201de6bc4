"""`./keyline test`: what CI runs, and nothing else."""

import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from deployments import CHECKOUT
from deployments.checks import figures, turns
from deployments.checks.command import state_of_the_code
from deployments.checks.results import Results
from deployments.checks.timed_command import TimedCommand

STATIC = (
    TimedCommand("format", ("ruff", "format", "--check", ".")),
    TimedCommand("lint", ("ruff", "check", ".")),
    TimedCommand("types", ("mypy",)),
    TimedCommand("imports", ("lint-imports", "--no-logo")),
)
MOST_PROCESSES = 8
# Rooms whose tests ask for a server, but for a few: to read them costs more than what is left.
WITH_SERVERS = frozenset({"casework", "database", "web"})
AT_ONCE = "not server and not slow and not in_turns"  # what the fast tier runs
# The fast tier is two processes, each with rooms of its own: none reads the files of the other.
# These take as long as all others together.
IN_THE_OTHER = frozenset({"architecture", "deployments", "mail"})
# Python keeps what it has compiled, also where the machine says that it shall not.
COMPILED_ONCE = {"PYTHONDONTWRITEBYTECODE": ""}
THAT_WAIT = 1  # the tests with Prefect are one process, and most of their time they wait

Only = Annotated[list[str] | None, typer.Argument(help="Run only these tests, by pytest.")]
Fast = Annotated[bool, typer.Option("--fast", help="Only what needs no server: seconds.")]
Turn = Annotated[
    int | None,
    typer.Option(
        turns.OPTION, min=1, max=turns.TURNS, help="Whose turn it is; else the code decides."
    ),
]


def run_suite(*, only: Only = None, fast: Fast = False, turn: Turn = None) -> None:
    """Run every check and test that CI runs; the exit code says whether all of them passed."""
    began = time.monotonic()
    turn = turn or turns.turn_of(state_of_the_code())
    # A temporary folder of their own: what another person's run left cannot be in the way.
    with TemporaryDirectory(prefix="keyline-") as folder:
        told = Path(folder) / "figures"
        own = {"TMPDIR": folder, "PREFECT_HOME": f"{folder}/prefect", figures.FILE: str(told)}
        own |= COMPILED_ONCE
        fast = fast and not only
        commands = _fast() if fast else {"tests": _pytest(only, turn=turn)}
        tests, *others = (
            TimedCommand(name, (*command, f"--junitxml={folder}/{name}.xml"), own)
            for name, command in commands.items()
        )
        beside = (*others, *(() if only or fast else STATIC))
        failed = _run_beside(beside, tests)
        results = Results.of(*(Path(folder) / f"{name}.xml" for name in commands))
        of_turn = [f"; {line}" for line in figures.told_in(told) if line.startswith("turn ")]
    print("\n== the tests by folder, in the time of all processes together")
    print("\n".join(results.by_folder()))
    if failed:
        print(f"keyline: failed: {', '.join(failed)}", file=sys.stderr)
    many = len(beside) + 1
    passed = f"{many - len(failed)} of {many} sections passed"
    took = f"in {time.monotonic() - began:.0f} s"
    print(f"keyline: {results}; {passed} {took}{''.join(of_turn)}", flush=True)
    if failed:
        raise typer.Exit(1)


def _run_beside(others: Sequence[TimedCommand], tests: TimedCommand) -> list[str]:
    """Run the others one after another beside the tests; return the names of what failed.

    The types are checked on one core for a while: the tests begin on the other.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        begun = [(one.name, beside.submit(one.run, held_back=True)) for one in others]
        tests_took = tests.run()
    failed = [name for name, run in begun if run.result() is None]
    return [*failed, tests.name] if tests_took is None else failed


def _rooms() -> list[str]:
    """Return the rooms of tests that the fast tier reads."""
    found = (one for one in (CHECKOUT / "tests").iterdir() if one.name not in WITH_SERVERS)
    return sorted(f"tests/{one.name}" for one in found if any(one.glob("test_*.py")))


def _fast() -> dict[str, tuple[str, ...]]:
    """Return the two commands of the fast tier by name."""
    rooms = _rooms()
    other = [room for room in rooms if room.removeprefix("tests/") in IN_THE_OTHER]
    asked = ("pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "-m", AT_ONCE)
    return {
        "tests": (*asked, *(room for room in rooms if room not in other)),
        "house": (*asked, *other),
    }


def _pytest(only: list[str] | None, *, turn: int) -> tuple[str, ...]:
    if only:
        return ("pytest", "-q", *only)
    many = min((os.cpu_count() or 1) + THAT_WAIT, MOST_PROCESSES)
    return ("pytest", "-q", "-n", str(many), turns.OPTION, str(turn))
