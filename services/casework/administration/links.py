"""What leaves a link of the audit chain before anybody could open a unit of work for it."""

from uuid import UUID

from services.database.audit import NewLink
from services.database.people import Membership
from services.domain.audit import AdministrativeEvent, AuditKind


def another_administrator_made(held: Membership, by: UUID) -> NewLink:
    """Return the link of another platform administrator, whom one of them had made."""
    told = {
        "kind": AuditKind.ADMINISTRATION.value,
        "what": AdministrativeEvent.ANOTHER_ADMINISTRATOR_MADE.value,
        "object": str(held.id),
        "whom": str(held.person_id),
        "person": str(by),
    }
    return NewLink(told)


def first_administrator_made(held: Membership) -> NewLink:
    """Return the link of the first platform administrator, whom nobody could grant the role."""
    told = {
        "kind": AuditKind.ADMINISTRATION.value,
        "what": AdministrativeEvent.FIRST_ADMINISTRATOR_MADE.value,
        "object": str(held.id),
        "whom": str(held.person_id),
    }
    return NewLink(told)
