"""A platform administrator acts on a partnership's people, where it has too few administrators."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from services.casework.engine.transactions import TransactionContext, translated
from services.database import watch
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.errors import NotFound
from services.domain.identifiers import PartnershipId
from services.domain.roles import Actor, Permission
from services.identity.actors import platform_administrator_in


@contextmanager
def acting_there(
    actor: Actor, context: TransactionContext, partnership_id: PartnershipId, once: UUID | None
) -> Iterator[UnitOfWork]:
    """Open a transaction in which a platform administrator acts on one partnership's people.

    Whether they may is said by each act (`records.begin_administering`): two administrators of the
    partnership's own do without them. Raises NotFound where there is no such partnership.
    """
    actor.must(Permission.ADMINISTER_PLATFORM)
    if partnership_id not in watch.partnerships(context.engine):
        raise NotFound("There is no such partnership.")
    there = platform_administrator_in(actor, partnership_id)
    with (
        translated(),
        unit_of_work(context.engine, there, context.now(), context.calendar, once) as work,
    ):
        yield work
