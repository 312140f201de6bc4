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

    def run(self) -> float | None:
        """Run it in the checkout; return its seconds, or nothing where it failed."""
        print(f"\n== {self.name}: {' '.join(self.command)}", flush=True)
        began = time.monotonic()
        program, *arguments = self.command
        done = subprocess.run(  # noqa: S603 -- the commands are our own
            [str(Path(sys.executable).with_name(program)), *arguments],
            cwd=CHECKOUT,
            env={**_environment(), **self.settings},
            check=False,
        )
        seconds = time.monotonic() - began
        outcome = "" if done.returncode == 0 else ", FAILED"
        print(f"== {self.name}: {seconds:.0f} s{outcome}", flush=True)
        return None if done.returncode else seconds


def _environment() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or not name.startswith(WITHHELD)
    }
