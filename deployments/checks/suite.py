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
        report, told = Path(folder) / "report.xml", Path(folder) / "figures"
        command = (*_pytest(only, fast=fast, turn=turn), f"--junitxml={report}")
        own = {"TMPDIR": folder, "PREFECT_HOME": f"{folder}/prefect", figures.FILE: str(told)}
        tests = TimedCommand("tests", command, own)
        static = () if only or fast else STATIC
        failed = _run_beside(static, tests)
        results = Results.of(report)
        of_turn = [f"; {line}" for line in figures.told_in(told) if line.startswith("turn ")]
    print("\n== the tests by folder, in the time of all processes together")
    print("\n".join(results.by_folder()))
    if failed:
        print(f"keyline: failed: {', '.join(failed)}", file=sys.stderr)
    many = len(static) + 1
    passed = f"{many - len(failed)} of {many} sections passed"
    took = f"in {time.monotonic() - began:.0f} s"
    print(f"keyline: {results}; {passed} {took}{''.join(of_turn)}", flush=True)
    if failed:
        raise typer.Exit(1)


def _run_beside(static: Sequence[TimedCommand], tests: TimedCommand) -> list[str]:
    """Run the static checks one after another beside the tests; return the names of what failed.

    The types are checked on one core for a while: the tests begin on the other.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        begun = [(one.name, beside.submit(one.run, held_back=True)) for one in static]
        tests_took = tests.run()
    failed = [name for name, run in begun if run.result() is None]
    return [*failed, tests.name] if tests_took is None else failed


def _rooms() -> list[str]:
    """Return the rooms of tests that the fast tier reads."""
    found = (one for one in (CHECKOUT / "tests").iterdir() if one.name not in WITH_SERVERS)
    return sorted(f"tests/{one.name}" for one in found if any(one.glob("test_*.py")))


def _pytest(only: list[str] | None, *, fast: bool, turn: int) -> tuple[str, ...]:
    if only:
        return ("pytest", "-q", *only)
    many = (os.cpu_count() or 1) + (0 if fast else THAT_WAIT)
    processes = ("-n", str(min(many, MOST_PROCESSES)))
    if fast:
        return ("pytest", "-q", *processes, "-m", AT_ONCE, *_rooms())
    return ("pytest", "-q", *processes, turns.OPTION, str(turn))
