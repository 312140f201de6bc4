"""`./keyline directory`: a partnership's directory, read and changed from the command line.

The acts are those of the pages, with the same commands and the same refusals.
"""

import os
from collections.abc import Iterable, Iterator
from typing import Annotated
from uuid import UUID

import typer
from pydantic import ValidationError

from deployments.local.run_record import RunningPlatform
from services.bootstrap import neighbours
from services.casework.commands import Command
from services.casework.directory.acts import DIRECTORY_ACTS
from services.casework.directory.command_line import do_in_name
from services.casework.engine.transactions import as_keyline
from services.casework.named_person import NamedPerson
from services.casework.provisioning import partnership_id_of
from services.database.directory_entries import contact_entries, organisation_entries
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused, NotFound
from services.domain.json_values import day
from services.domain.labels import label

LIST = "list"

Act = Annotated[str, typer.Argument(help="What to do; without it, the acts are listed.")]
Code = Annotated[str, typer.Option(metavar="CODE", help="The code of the partnership.")]
Who = Annotated[str, typer.Option(metavar="EMAIL", help="In whose name.")]
Entry = Annotated[str, typer.Option(metavar="ID", help="The entry that the act is about.")]
Answers = Annotated[
    list[str], typer.Option("--set", metavar="NAME=VALUE", help="One answer; may be repeated.")
]
On = Annotated[str, typer.Option(metavar="DATE", help="As of which day; else today.")]


def directory(  # noqa: PLR0913 - each option is one thing that a person says
    act: Act = "",
    *,
    partnership: Code = "",
    by: Who = "",
    entry: Entry = "",
    answers: Answers = [],  # noqa: B006 - typer's own way
    on: On = "",
) -> None:
    """Show who holds which post on a day, or add, change, end or confirm an entry."""
    if not act:
        print("\n".join(_acts()))
        return
    if act not in {LIST, *DIRECTORY_ACTS}:
        raise NotFound(f"There is no act {act!r}; there are: {', '.join((LIST, *DIRECTORY_ACTS))}.")
    if "KEYLINE_DATABASE_URL" not in os.environ:
        os.environ.update(RunningPlatform.find().settings)
    if act == LIST:
        with as_keyline(neighbours(), partnership_id_of(partnership)) as work:
            print("\n".join(listed(work, on)))
        return
    told = DIRECTORY_ACTS[act]
    entry_id, command = entry_of(told.name, entry), understood(told.command, answers)
    do_in_name(neighbours(), NamedPerson(partnership, by), told, entry_id, command)
    print(f"{act}: on record")


def understood(model: type[Command], answers: Iterable[str]) -> Command:
    """Return the command that the answers make, or refuse the first that is missing or wrong."""
    said = dict(_named(one) for one in answers)
    try:
        return model.model_validate(said)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        field = str(first["loc"][0])
        raise AnswerRefused(field, f"--set {field}=…: {first['msg']}.") from None


def entry_of(act: str, said: str) -> UUID | None:
    """Return the id of the entry that the act is about; refuse what is none."""
    if not DIRECTORY_ACTS[act].is_about_entry:
        return None
    try:
        return UUID(said)
    except ValueError:
        raise AnswerRefused("entry", "Give the id of the entry with --entry.") from None


def listed(work: UnitOfWork, on: str) -> Iterator[str]:
    """Yield the organisations with their contacts as of a day, each with its id."""
    at = day("on", on) if on else work.today
    contacts = contact_entries(work.session)
    for place in organisation_entries(work.session):
        if not place.validity.covers(at):
            continue
        named = place.organisation
        yield f"{named.name} ({label(named.kind)}) {named.id}"
        for one in contacts:
            if one.contact.organisation_id == named.organisation_id and one.validity.reaches(at):
                who = f"{label(one.contact.role)}: {one.contact.holder}, {one.contact.address}"
                yield f"  {who} ({label(one.standing(at))}) {one.contact.id}"


def _acts() -> Iterator[str]:
    yield f"  {LIST:<20} --partnership CODE [--on DATE]"
    for name, act in DIRECTORY_ACTS.items():
        entry = " --entry ID" if act.is_about_entry else ""
        asked = " ".join(f"--set {field}=…" for field in act.command.model_fields)
        yield f"  {name:<20} --partnership CODE --by EMAIL{entry} {asked}"


def _named(answer: str) -> tuple[str, str]:
    name, sign, value = answer.partition("=")
    if not sign:
        raise AnswerRefused("set", f"--set {answer!r} has no value: write --set NAME=VALUE.")
    return name, value
