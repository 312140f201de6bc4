"""An act on the directory from the command line, in the name of a person who may do it."""

from uuid import UUID, uuid4

from services.casework.audit import note_administration
from services.casework.commands import Command
from services.casework.directory.acts import DirectoryAct
from services.casework.engine.transactions import TransactionContext, translated
from services.casework.named_person import NamedPerson, actor_named
from services.database.unit_of_work import unit_of_work
from services.domain.audit import AdministrativeEvent


def do_in_name(
    context: TransactionContext,
    who: NamedPerson,
    act: DirectoryAct,
    entry_id: UUID | None,
    command: Command,
) -> None:
    """Do the act in a transaction of its own, and note that it was done at the command line."""
    actor = actor_named(context, who, act.permission)
    about = () if entry_id is None else (entry_id,)
    with (
        translated(),
        unit_of_work(context.engine, actor, context.now(), context.calendar, uuid4()) as work,
    ):
        act.perform(work, *about, command)
        note_administration(work, AdministrativeEvent.COMMAND_LINE_USED)
