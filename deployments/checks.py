"""`./keyline test`: what CI runs, and nothing else."""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from deployments import CHECKOUT

CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports", "--no-logo"),
)
TESTS = ("pytest", "-q")
FAST = ("pytest", "-q", "tests/domain", "tests/architecture")
# What a person has set for a running Keyline must not reach the tests' own parts.
WITHHELD = ("AWS_", "DATABASE_URL", "KEYLINE_", "PREFECT_", "S3_", "SMTP_")
KEPT = ("AWS_CA_BUNDLE",)

Only = Annotated[list[str] | None, typer.Argument(help="Run only these tests, by pytest.")]
Fast = Annotated[bool, typer.Option("--fast", help="Only the rules and the house: seconds.")]


def check(*, only: Only = None, fast: Fast = False) -> None:
    """Run every check and test that CI runs; the exit code says whether all of them passed."""
    if only:
        commands: tuple[tuple[str, ...], ...] = ((*TESTS, *only),)
    else:
        commands = (FAST,) if fast else (*CHECKS, TESTS)
    # A temporary folder of their own: what another person's run left cannot be in the way.
    with TemporaryDirectory(prefix="keyline-") as folder:
        failed = [command for command in commands if not _passes(command, folder)]
    for command in failed:
        print(f"keyline: failed: {' '.join(command)}", file=sys.stderr)
    print(f"keyline: {len(commands) - len(failed)} of {len(commands)} checks passed", flush=True)
    if failed:
        raise typer.Exit(1)


def _passes(command: tuple[str, ...], folder: str) -> bool:
    program, *words = command
    print(f"\n== {' '.join(command)}", flush=True)
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603 -- the commands are our own
        [_place(program), *words],
        cwd=CHECKOUT,
        env={**_environment(), "TMPDIR": folder},
        check=False,
    )
    print(f"== {time.monotonic() - began:.0f} s", flush=True)
    return done.returncode == 0


def _place(program: str) -> str:
    return str(Path(sys.executable).with_name(program))


def _environment() -> dict[str, str]:
    return {
        name: word
        for name, word in os.environ.items()
        if name in KEPT or not name.startswith(WITHHELD)
    }
