"""`./keyline restored`: whether emails wait after a restore, and that they may leave."""

import os
from typing import Annotated

import typer

from deployments.local.run_record import RunningPlatform
from services.bootstrap import neighbours
from services.casework.named_person import NamedPerson, actor_named, note_command_line
from services.casework.restorations import let_emails_leave
from services.database import sessions
from services.database.restorations import unopened
from services.domain.roles import Permission

Leave = Annotated[bool, typer.Option("--let-emails-leave", help="From now on.")]
Code = Annotated[str, typer.Option(metavar="CODE", help="Of an operator held there.")]
Who = Annotated[str, typer.Option(metavar="EMAIL", help="The operator in whose name.")]


def restored(*, let_emails_leave_now: Leave = False, partnership: Code = "", by: Who = "") -> None:
    """Say whether the database was restored, or let its emails leave in an operator's name."""
    if "KEYLINE_DATABASE_URL" not in os.environ:
        os.environ.update(RunningPlatform.find().settings)
    here = neighbours()
    if let_emails_leave_now:
        actor = actor_named(here, NamedPerson(partnership, by), Permission.PAUSE_WORK)
        note_command_line(here, actor)
        let_emails_leave(actor, here)
        print("Emails leave again.")
        return
    with sessions.of_installation(here.engine) as session:
        held = [one.found_at for one in unopened(session)]
    for moment in held:
        print(f"Found restored at {moment:%Y-%m-%d %H:%M} UTC: its emails wait.")
    if not held:
        print("Not restored, or opened since: emails leave.")
