"""The journey's tables, as a person reads them in a terminal."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.domain.labels import label
from services.domain.recipients import Recipient
from tests.acceptance.database import DocumentRow, EmailRow
from tests.acceptance.prefect_runs import FlowRun
from tests.acceptance.report import Line
from tests.acceptance.story import Story

WIDE: Final = 200
MARKED: Final = "marked"  # in the place of the digest of a copy that is marked for its reader
COLUMNS: Final = (
    ("Day", 15),
    ("Step", 10),
    ("Who", 16),
    ("What", 26),
    ("Due date, and how it was met", 38),
    ("Prefect: run; step", 24),
    ("Documents", 25),
    ("Emails", 22),
)


def show(title: str, story: Story) -> None:
    """Print one line an act, then each document with its hash and each email with its id."""
    terminal = console()
    terminal.print(act_table(title, story.lines))
    if story.runs:
        terminal.print(run_table(story.runs))
    if story.downloaded:
        documents = (document for line in story.lines for document in line.documents)
        terminal.print(document_table(story, documents))
    if story.caught:
        emails = (email for line in story.lines for email in line.emails)
        terminal.print(email_table(story, emails))


def act_table(title: str, lines: Sequence[Line]) -> Table:
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
            "\n".join(counted(document.title for document in line.documents)),
            "\n".join(counted(email.title for email in line.emails)),
        )
        table.add_row(*(Text(cell) for cell in cells))
    return table


def run_table(runs: Iterable[FlowRun]) -> Table:
    """Return the table of flow runs: each with its tags, its end and its task runs, in order."""
    table = Table(title="Flow runs, the oldest first", title_justify="left", show_lines=True)
    for heading in ("Flow run", "Case and attempt", "Queue", "Tags", "State", "Task runs"):
        table.add_column(heading, overflow="fold")
    for run in runs:
        state = f"{run.name} ({run.kind}). {run.says}"
        tasks = ", ".join(f"{step} {many}" for step, many in sorted(run.tasks.items()))
        cells = (str(run.id), run.idempotency_key, run.queue, "\n".join(run.tags), state, tasks)
        table.add_row(*map(Text, cells))
    return table


def document_table(story: Story, documents: Iterable[DocumentRow]) -> Table:
    """Return the table of documents: each with its hash, and whether its download has the same."""
    table = Table(title="Documents", title_justify="left")
    for heading in ("Document", "Form", "Version", "SHA-256", "Downloaded"):
        table.add_column(heading, overflow="fold")
    for document in documents:
        downloaded = story.downloaded.get(document.id, "")
        told = {document.sha256: "the same", MARKED: "marked for its reader"}
        cells = (document.title, document.form, str(document.version), document.sha256)
        table.add_row(*map(Text, (*cells, told.get(downloaded, "differs"))))
    return table


def email_table(story: Story, emails: Iterable[EmailRow]) -> Table:
    """Return the table of emails: each with its Message-ID and how often it was caught."""
    table = Table(title="Emails", title_justify="left")
    for heading in ("Event", "To", "Message-ID", "Caught"):
        table.add_column(heading, overflow="fold")
    for email in emails:
        times = str(story.caught.get(email.message_id, 0))
        table.add_row(
            *map(Text, (email.title, label(Recipient(email.recipient)), email.message_id, times))
        )
    return table


def counted(words: Iterable[str]) -> list[str]:
    """Return each word once, with how often it came."""
    return [
        word + (f" x{many}" if many > 1 else "") for word, many in sorted(Counter(words).items())
    ]


def console() -> Console:
    """Return the terminal; a file or a pipe gets room enough for every column."""
    return Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)
