"""The journey's table, as a person reads it in a terminal."""

import sys
from collections import Counter
from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table

from deployments.journey.record import PaperSeen
from deployments.journey.telling import SHORT_HASH, Line

WIDE: Final = 200
COLUMNS: Final = (
    ("Day", 15),
    ("Step", 10),
    ("Who", 17),
    ("What", 28),
    ("Due date, and how it was met", 38),
    ("Prefect: run, step", 25),
    ("Artefacts (SHA-256)", 34),
    ("Letters", None),
)


def show(title: str, lines: Sequence[Line]) -> None:
    """Print one line an act."""
    table = Table(title=title, title_justify="left", show_lines=True, expand=False)
    for heading, width in COLUMNS:
        table.add_column(heading, width=width, overflow="fold")
    for line in lines:
        table.add_row(
            line.when,
            line.step.value,
            line.who,
            line.what,
            f"refused: {line.refused}" if line.refused else "\n".join(line.clocks),
            line.prefect,
            "\n".join(paper_lines(line.papers)),
            "\n".join(letter_lines(line)),
        )
    console().print(table, markup=False)


def paper_lines(papers: Sequence[PaperSeen]) -> list[str]:
    """Return each artefact with the beginning of its hash."""
    return [f"{one.kind}.{one.form} v{one.version} {one.sha256[:SHORT_HASH]}" for one in papers]


def letter_lines(line: Line) -> list[str]:
    """Return each kind of letter with whom it went to, counted."""
    sent = Counter((one.event, one.recipient) for one in line.letters)
    return [
        f"{event} → {to}" + (f" x{many}" if many > 1 else "") for (event, to), many in sent.items()
    ]


def console() -> Console:
    """Return the terminal; a file or a pipe gets room enough for every column."""
    is_terminal = sys.stdout.isatty()
    return Console(width=None if is_terminal else WIDE, highlight=False)
