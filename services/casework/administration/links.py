"""What leaves a link of the audit chain before anybody could open a unit of work for it."""

from typing import Final
from uuid import UUID

from services.database.audit import NewLink
from services.database.people import Membership
from services.domain.audit import AdministrativeEvent, AuditKind
from services.domain.roles import Role

_MADE: Final = {
    Role.PLATFORM_ADMINISTRATOR: AdministrativeEvent.ANOTHER_ADMINISTRATOR_MADE,
    Role.OPERATIONS: AdministrativeEvent.OPERATOR_MADE,
}


def made_on_the_word_of(held: Membership, by: UUID) -> NewLink:
    """Return the link of a platform administrator or an operator, and on whose word they are."""
    told = {
        "kind": AuditKind.ADMINISTRATION.value,
        "what": _MADE[held.role].value,
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
