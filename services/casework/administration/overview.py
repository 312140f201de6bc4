"""What administrators see: of a partnership its people and what is missing, of all of them how far.

No case is read, and no word of one.
"""

from dataclasses import dataclass
from typing import Protocol

from services.casework.administration.set_up import missing_of
from services.casework.engine.transactions import TransactionContext, acting
from services.database import audit, watch
from services.database.audit import AuditLink, LinksWanted
from services.database.people import Membership, Person, memberships_on
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import AuditKind
from services.domain.errors import NotFound
from services.domain.identifiers import PartnershipId
from services.domain.mailboxes import Mailboxes
from services.domain.roles import Actor, Permission
from services.domain.set_up import Missing

# What was done about people, organisations, policy and sign-ins; of these none is about a case.
OF_ADMINISTRATION = (
    AuditKind.ADMINISTRATION,
    AuditKind.DIRECTORY,
    AuditKind.PEOPLE,
    AuditKind.ACCOUNT,
)


class PlatformContext(TransactionContext, Protocol):
    """What is needed to look at every partnership in turn."""

    @property
    def mailboxes(self) -> Mailboxes: ...  # noqa: D102 - named for what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipSetUp:
    """One partnership, and what its first case still needs."""

    id: PartnershipId
    code: str
    name: str
    missing: list[Missing]

    @property
    def needed(self) -> int:
        """Return how many things stand in the way of its first case."""
        return sum(one.is_needed for one in self.missing)


def people_held(work: UnitOfWork) -> list[tuple[Membership, Person]]:
    """Return what each person is to the partnership today, for its administrator."""
    work.actor.must(Permission.ADMINISTER_PARTNERSHIP)
    return memberships_on(work.session, work.today)


def missing_here(work: UnitOfWork, installed: Mailboxes) -> list[Missing]:
    """Return what the administrator's own partnership lacks."""
    work.actor.must(Permission.ADMINISTER_PARTNERSHIP)
    return missing_of(work, installed)


def administration_links(work: UnitOfWork, below: int | None, many: int) -> list[AuditLink]:
    """Return the newest links about the administration, below a number of the chain."""
    work.actor.must(Permission.ADMINISTER_PARTNERSHIP)
    wanted = LinksWanted(kinds=OF_ADMINISTRATION, below=below)
    return audit.newest_links(work.session, wanted, many)


def partnerships_set_up(actor: Actor, context: PlatformContext) -> list[PartnershipSetUp]:
    """Return every partnership for a platform administrator, those that lack most first."""
    actor.must(Permission.ADMINISTER_PLATFORM)
    found = [_set_up(context, one) for one in watch.partnerships(context.engine)]
    return sorted(found, key=lambda one: (-one.needed, -len(one.missing), one.name))


def partnership_set_up(
    actor: Actor, context: PlatformContext, partnership_id: PartnershipId
) -> PartnershipSetUp:
    """Return one partnership for a platform administrator; raises NotFound where there is none."""
    actor.must(Permission.ADMINISTER_PLATFORM)
    if partnership_id not in watch.partnerships(context.engine):
        raise NotFound("There is no such partnership.")
    return _set_up(context, partnership_id)


def _set_up(context: PlatformContext, partnership_id: PartnershipId) -> PartnershipSetUp:
    with acting(context, partnership_id) as work:
        return PartnershipSetUp(
            id=partnership_id,
            code=work.partnership.code,
            name=work.partnership.name,
            missing=missing_of(work, context.mailboxes),
        )
