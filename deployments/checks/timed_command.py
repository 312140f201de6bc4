"""A command of a check: it is run, its exit code, and how long it took."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deployments import CHECKOUT

# What a person has set for a running Keyline must not reach what is checked.
WITHHELD = ("AWS_", "DATABASE_URL", "KEYLINE_", "PREFECT_", "S3_", "SMTP_")
KEPT = ("AWS_CA_BUNDLE",)


@dataclass(frozen=True)
class TimedCommand:
    """A command and the settings it gets besides; a program of the environment by its name."""

    name: str
    command: tuple[str, ...]
    settings: Mapping[str, str] = field(default_factory=dict)

    def run(self, *, held_back: bool = False) -> float | None:
        """Run it in the checkout; return its seconds, or nothing where it failed.

        What it says is shown as it comes, or held back and shown in one piece at its end, where
        another command speaks beside it.
        """
        begins = f"\n== {self.name}: {' '.join(self.command)}"
        if not held_back:
            print(begins, flush=True)
        began = time.monotonic()
        program, *arguments = self.command
        done = subprocess.run(  # noqa: S603 -- the commands are our own
            [str(Path(sys.executable).with_name(program)), *arguments],
            cwd=CHECKOUT,
            env={**_environment(), **self.settings},
            check=False,
            text=True,
            stdout=subprocess.PIPE if held_back else None,
            stderr=subprocess.STDOUT if held_back else None,
        )
        seconds = time.monotonic() - began
        outcome = "" if done.returncode == 0 else ", FAILED"
        said = f"{begins}\n{done.stdout}" if held_back else ""
        print(f"{said}== {self.name}: {seconds:.0f} s{outcome}", flush=True)
        return None if done.returncode else seconds


def _environment() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or not name.startswith(WITHHELD)
    }
