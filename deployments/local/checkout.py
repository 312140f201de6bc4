"""Of which checkout a part is: this one, unless a trial of a release names another."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deployments import CHECKOUT, VERSION


@dataclass(frozen=True, slots=True)
class Checkout:
    """A folder with the code, and an interpreter with the packages of its own lock."""

    name: str
    folder: Path
    python: str

    def environment(self, told: Mapping[str, str]) -> dict[str, str]:
        """Return the environment in which its modules, and no other's, are found."""
        return {**told, "PYTHONPATH": str(self.folder)}


HERE = Checkout(VERSION, CHECKOUT, sys.executable)
