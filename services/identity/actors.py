"""As whom may a person act: the only place where an Actor is made."""

from dataclasses import replace
from datetime import date
from typing import Final, Protocol
from uuid import UUID

from services.domain.audit import INSTALLATION
from services.domain.errors import NotPermitted
from services.domain.identifiers import AgencyId, PartnershipId, PersonId
from services.domain.roles import OF_INSTALLATION, Actor, Role, Seat

KEYLINE_ITSELF: Final = PersonId(UUID(int=0))


class Held(Protocol):
    """What a person is to a partnership, from when until when; a membership row is one."""

    tenant_id: UUID
    person_id: UUID
    role: Role
    seat: Seat | None
    authority: str
    agency_id: UUID | None
    from_on: date
    to_on: date | None


def is_live(held: Held, today: date) -> bool:
    """Tell whether the membership holds on the day (GOV-12)."""
    return held.from_on <= today and (held.to_on is None or today <= held.to_on)


def actor_for(held: Held, today: date) -> Actor:
    """Make the actor from a live membership; the roles are read again at every request."""
    if not is_live(held, today):
        raise NotPermitted("This role ended, or has not begun. Choose another role or sign in.")
    if not _belongs_there(held):
        raise NotPermitted(
            "Platform administrators and operators serve the installation, and nobody else."
        )
    return Actor(
        person_id=PersonId(held.person_id),
        partnership_id=PartnershipId(held.tenant_id),
        role=held.role,
        seat=held.seat,
        authority=held.authority,
        agency_id=AgencyId(held.agency_id) if held.agency_id else None,
    )


def _belongs_there(held: Held) -> bool:
    """Tell whether the role is one of the installation, or of a partnership, as it is held.

    An operator is held of either, and acts on all.
    """
    if held.tenant_id == INSTALLATION:
        return held.role in OF_INSTALLATION
    return held.role is not Role.PLATFORM_ADMINISTRATOR


def service_actor(partnership_id: PartnershipId, person_id: PersonId) -> Actor:
    """Make the partnership's own service actor, which carries cases between people's acts."""
    return Actor(person_id=person_id, partnership_id=partnership_id, role=Role.SERVICE)


def platform_administrator_in(actor: Actor, partnership_id: PartnershipId) -> Actor:
    """Make of a platform administrator the actor on the people of one partnership."""
    if actor.role is not Role.PLATFORM_ADMINISTRATOR:
        raise NotPermitted("Only a platform administrator acts in a partnership from outside.")
    return replace(actor, partnership_id=partnership_id)
