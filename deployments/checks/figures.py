"""What a part of a check has found, in figures: said where it is found, and in the last table."""

import os
from pathlib import Path
from typing import Final

FILE: Final = "KEYLINE_FIGURES"


def tell(line: str) -> None:
    """Print a figure; where a check runs this, keep it for the table at its end."""
    print(line, flush=True)
    if path := os.environ.get(FILE):
        with Path(path).open("a") as figures:
            figures.write(f"{line.strip()}\n")


def told_in(path: Path) -> list[str]:
    """Return the figures that a part has told."""
    return path.read_text().splitlines() if path.exists() else []
