"""A person in whose name an act is done at the command line, in a role that may do it.

Whoever administers the machine names the person; the audit chain says that it was done here.
"""

from dataclasses import dataclass
from uuid import uuid4

from services.casework.audit import note_administration
from services.casework.engine.transactions import TransactionContext, as_keyline
from services.casework.provisioning import partnership_id_of
from services.database import watch
from services.database.people import memberships_on
from services.database.unit_of_work import unit_of_work
from services.domain.audit import INSTALLATION, AdministrativeEvent
from services.domain.errors import NotFound
from services.domain.identifiers import PartnershipId
from services.domain.labels import label
from services.domain.roles import Actor, Permission
from services.identity.actors import actor_for


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person, by the code of a partnership, or none, and the address with which they sign in."""

    partnership: str
    email: str


def partnership_named(context: TransactionContext, code: str) -> PartnershipId:
    """Return the id of the partnership of this code; NotFound where there is none."""
    found = partnership_id_of(code)
    if found not in watch.partnerships(context.engine):
        raise NotFound(f"There is no partnership of the code {code!r}, in these very letters.")
    return found


def actor_named(context: TransactionContext, who: NamedPerson, permission: Permission) -> Actor:
    """Return the person in a role that may do this, if they hold such a one today.

    Without the code of a partnership it is a role of the installation itself: an operator's.
    """
    whose = partnership_named(context, who.partnership) if who.partnership else INSTALLATION
    with as_keyline(context, whose) as work:
        for held, person in memberships_on(work.session, work.today):
            actor = actor_for(held, work.today)
            if person.email == who.email.strip().lower() and actor.may(permission):
                return actor
    where = f"in {who.partnership}" if who.partnership else "for the whole installation"
    raise NotFound(f"No person of that address may {label(permission)} {where}.")


def platform_administrator_named(context: TransactionContext, email: str) -> Actor:
    """Return the platform administrator of that address, if they are one today."""
    with as_keyline(context, INSTALLATION) as work:
        for held, person in memberships_on(work.session, work.today):
            actor = actor_for(held, work.today)
            if person.email == email.strip().lower() and actor.may(Permission.ADMINISTER_PLATFORM):
                return actor
    raise NotFound(
        "No platform administrator has that address. The first is made by "
        "./keyline administrator first."
    )


def note_command_line(context: TransactionContext, actor: Actor) -> None:
    """Note in the actor's own chain that an act of no partnership is tried at the command line.

    It is noted before the act, which stands in another chain: none is done without its note.
    """
    with unit_of_work(context.engine, actor, context.now(), context.calendar, uuid4()) as work:
        note_administration(work, AdministrativeEvent.COMMAND_LINE_USED)
