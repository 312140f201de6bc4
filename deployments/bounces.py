"""`./keyline bounces`: delivery status notifications, read from files of raw messages.

A mail service that returns them to a mailbox hands them over so: one message a file.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from deployments.local.run_record import RunningPlatform
from services.bootstrap import neighbours
from services.casework.engine.bounces import take_bounce
from services.casework.engine.transactions import TransactionContext
from services.domain.labels import label
from services.mail.delivery_status import MOST_BYTES, NoNotification, read_bounce

Files = Annotated[list[Path], typer.Argument(help="Raw messages, one in each file.", exists=True)]


def bounces(files: Files) -> int:
    """Take in what came back from the mail service; what is no notification is left as it is."""
    if "KEYLINE_DATABASE_URL" not in os.environ:
        os.environ.update(RunningPlatform.find().settings)
    around = neighbours()
    told = [(path, *_taken(around, path)) for path in files]
    for path, said, _is_read in told:
        print(f"{path.name}: {said}")
    return 0 if all(is_read for _path, _said, is_read in told) else 1


def _taken(around: TransactionContext, path: Path) -> tuple[str, bool]:
    """Say what became of the message in the file, and whether it was a notification."""
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    try:
        bounce = read_bounce(raw)
    except NoNotification as refused:
        return f"not taken in. {refused}", False
    return label(take_bounce(around, bounce)) if bounce else "is not final.", True
