"""`./keyline tenant`: a partnership founded from its file, and what it lacks before its first case.

Safe to repeat: what is on record stays as it is, and what differs is named with the act that
changes it. The acts are those of the platform administrator's pages, in the name of one of them.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from deployments.given_words import bytes_of
from deployments.local.run_record import RunningPlatform
from deployments.provisioning_login import provisioning_of_environment
from deployments.tenant_offboarding import taken_out
from services.bootstrap import Neighbours, neighbours
from services.casework.administration.founding import found_partnership, plan_founding
from services.casework.administration.overview import partnership_set_up
from services.casework.administration.planned_part import PlannedPart
from services.casework.administration.set_up import missing_files, missing_keys
from services.casework.administration.tenant_file import LONGEST, TenantFile, read_tenant_file
from services.casework.named_person import (
    NamedPerson,
    note_command_line,
    partnership_named,
    platform_administrator_named,
)
from services.database.engine import connect
from services.domain.errors import AnswerRefused, NotFound
from services.domain.labels import label
from services.domain.set_up import Missing

CREATE, CHECK, EXPORT, OFFBOARD = "create", "check", "export", "offboard"
ACTS = (CREATE, CHECK, EXPORT, OFFBOARD)

Act = Annotated[str, typer.Argument(help="create, check, export or offboard.")]
Subject = Annotated[str, typer.Argument(metavar="FILE|CODE", help="The file, or -; the code.")]
Who = Annotated[str, typer.Option(metavar="EMAIL", help="The platform administrator.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would be made, and make nothing.")
]


AskedBy = Annotated[
    str, typer.Option(metavar="EMAIL", help="Who of the partnership asks for the export.")
]
Folder = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Where it is written.")]


def tenant(  # noqa: PLR0913 - each option is one thing that a person says
    act: Act,
    subject: Subject,
    *,
    by: Who,
    dry_run: DryRun = False,
    asked_by: AskedBy = "",
    to: Folder = None,
) -> int:
    """Found a partnership from its file, say what it lacks, export it, or take it out."""
    if act not in ACTS:
        raise NotFound(f"There is no act {act!r}; there are: {', '.join(ACTS)}.")
    if "KEYLINE_DATABASE_URL" not in os.environ:
        os.environ.update(RunningPlatform.find().settings)
    here = neighbours()
    if act == CHECK:
        found = checked(here, by, subject)
        print("\n".join((found and [_line(one) for one in found]) or ["nothing is missing"]))
        return int(any(one.is_needed for one in found))
    if act in {EXPORT, OFFBOARD}:
        asks = NamedPerson(subject, asked_by)
        for line in taken_out(here, by, asks, to, leaves=act == OFFBOARD):
            print(line)
        return 0
    read = read_tenant_file(text_of(Path(subject)))
    print("\n".join(created(here, by, read, dry_run=dry_run)))
    return 0


def text_of(path: Path) -> str:
    """Return the text of the file, or say why it cannot be read."""
    try:
        return bytes_of(path)[: LONGEST * 4].decode()
    except OSError as away:
        reason = away.strerror or "it is not there"
        raise AnswerRefused("file", f"{path} cannot be read: {reason}.") from None
    except UnicodeDecodeError:
        raise AnswerRefused("file", f"{path} is no text in UTF-8.") from None


def checked(here: Neighbours, by: str, code: str) -> list[Missing]:
    """Return what the partnership and the installation lack."""
    actor = platform_administrator_named(here, by)
    found = partnership_set_up(actor, here, partnership_named(here, code))
    return [*found.missing, *missing_files(here.store), *missing_keys(here.store, found.id)]


def created(here: Neighbours, by: str, read: TenantFile, *, dry_run: bool) -> list[str]:
    """Found the partnership, or say what would be made; return what to print."""
    actor = platform_administrator_named(here, by)
    if dry_run:
        return _told(plan_founding(actor, here, read).plan)
    founder = connect(*provisioning_of_environment())
    try:
        note_command_line(here, actor)
        founded = found_partnership(actor, here, founder, read)
    finally:
        founder.dispose()
    nothing = () if founded.made_something else ("nothing was to be made",)
    at = f"{here.base_url}/administration/partnerships/{read.partnership_id}/people"
    return [*_told(founded.plan), *nothing, f"people of the partnership: {at}"]


def _told(plan: list[PlannedPart]) -> list[str]:
    return [
        f"{one.what}: {label(one.standing)}{f'; {one.to_do}' if one.to_do else ''}" for one in plan
    ]


def _line(one: Missing) -> str:
    return f"{'needed ' if one.is_needed else 'advised'}  {one.what} {one.to_do}"
