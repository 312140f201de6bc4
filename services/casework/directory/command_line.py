"""An act on the directory from the command line, in the name of a person who may do it.

Whoever administers the machine names the person; the audit chain says that it was done here.
"""

from dataclasses import dataclass
from uuid import UUID, uuid4

from services.casework.audit import note_administration
from services.casework.commands import Command
from services.casework.directory.acts import DirectoryAct
from services.casework.engine.transactions import TransactionContext, as_keyline, translated
from services.casework.provisioning import partnership_id_of
from services.database.people import memberships_on
from services.database.unit_of_work import unit_of_work
from services.domain.audit import AdministrativeEvent
from services.domain.errors import NotFound
from services.domain.labels import label
from services.domain.roles import Actor
from services.identity.actors import actor_for


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person, by the code of a partnership and the address with which they sign in."""

    partnership: str
    email: str


def do_in_name(
    context: TransactionContext,
    who: NamedPerson,
    act: DirectoryAct,
    entry_id: UUID | None,
    command: Command,
) -> None:
    """Do the act in a transaction of its own, and note that it was done at the command line."""
    actor = _actor(context, who, act)
    about = () if entry_id is None else (entry_id,)
    with (
        translated(),
        unit_of_work(context.engine, actor, context.now(), context.calendar, uuid4()) as work,
    ):
        act.perform(work, *about, command)
        note_administration(work, AdministrativeEvent.COMMAND_LINE_USED)


def _actor(context: TransactionContext, who: NamedPerson, act: DirectoryAct) -> Actor:
    """Return the person in a role that may do the act, if they hold such a one today."""
    with as_keyline(context, partnership_id_of(who.partnership)) as work:
        for held, person in memberships_on(work.session, work.today):
            actor = actor_for(held, work.today)
            if person.email == who.email.strip().lower() and actor.may(act.permission):
                return actor
    raise NotFound(f"No person of that address may {label(act.permission)} in {who.partnership}.")
