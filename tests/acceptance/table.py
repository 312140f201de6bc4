"""The journey's tables, as a person reads them in a terminal."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tests.acceptance.record import LetterSeen, PaperSeen
from tests.acceptance.story import Story
from tests.acceptance.telling import Line

WIDE: Final = 200
COLUMNS: Final = (
    ("Day", 15),
    ("Step", 10),
    ("Who", 16),
    ("What", 26),
    ("Due date, and how it was met", 38),
    ("Prefect: run; step", 24),
    ("Artefacts", 25),
    ("Letters", 22),
)


def show(title: str, story: Story) -> None:
    """Print one line an act, then every artefact with its hash and every letter with its id."""
    terminal = console()
    terminal.print(acts(title, story.lines))
    if story.downloaded:
        papers = (paper for line in story.lines for paper in line.papers)
        terminal.print(artefacts(story, papers))
    if story.caught:
        letters = (letter for line in story.lines for letter in line.letters)
        terminal.print(post(story, letters))


def acts(title: str, lines: Sequence[Line]) -> Table:
    """Return the table of acts."""
    table = Table(title=title, title_justify="left", show_lines=True)
    for heading, width in COLUMNS:
        table.add_column(heading, width=width, overflow="fold")
    for line in lines:
        clocks = [f"refused at {line.refused}"] if line.refused else line.clocks
        cells = (
            line.when,
            line.step.value,
            line.who,
            line.what,
            "\n".join(clocks),
            line.prefect,
            "\n".join(counted(one.kind for one in line.papers)),
            "\n".join(counted(one.event for one in line.letters)),
        )
        table.add_row(*(Text(cell) for cell in cells))
    return table


def artefacts(story: Story, papers: Iterable[PaperSeen]) -> Table:
    """Return the table of artefacts: each with its hash, and whether its download has the same."""
    table = Table(title="Artefacts", title_justify="left")
    for heading in ("Artefact", "Form", "Version", "SHA-256", "Downloaded"):
        table.add_column(heading, overflow="fold")
    for one in papers:
        same = "the same" if story.downloaded.get(one.id) == one.sha256 else "differs"
        table.add_row(*map(Text, (one.kind, one.form, str(one.version), one.sha256, same)))
    return table


def post(story: Story, letters: Iterable[LetterSeen]) -> Table:
    """Return the table of letters: each with its Message-ID and how often it was caught."""
    table = Table(title="Letters", title_justify="left")
    for heading in ("Event", "To", "Message-ID", "Caught"):
        table.add_column(heading, overflow="fold")
    for one in letters:
        times = str(story.caught.get(one.message_id, 0))
        table.add_row(*map(Text, (one.event, one.recipient, one.message_id, times)))
    return table


def counted(words: Iterable[str]) -> list[str]:
    """Return each word once, with how often it came."""
    return [
        word + (f" x{many}" if many > 1 else "") for word, many in sorted(Counter(words).items())
    ]


def console() -> Console:
    """Return the terminal; a file or a pipe gets room enough for every column."""
    return Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)
