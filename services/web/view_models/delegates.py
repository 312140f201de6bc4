"""People with an account as the directory shows them: in which seat, and what they may decide."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.database.delegations import authority_on, delegations, get_membership
from services.database.people import Membership, memberships_on, names
from services.database.unit_of_work import UnitOfWork
from services.domain.delegation import DelegatedAuthority
from services.domain.labels import label
from services.domain.parties import party_name
from services.domain.roles import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateLine:
    """A person with an account: in which role and seat, from when until when (GOV-12).

    ``may`` is what a person in a seat may decide, and to whom they answer.
    """

    id: UUID
    name: str
    role: str
    seat: str
    may: DelegatedAuthority
    since: date
    until: date | None
    may_record: bool


def delegate_lines(work: UnitOfWork, on: date) -> list[DelegateLine]:
    """Return everybody who has an account on the day."""
    said = delegations(work.session)
    may_change = work.actor.may(Permission.CHANGE_DIRECTORY)
    return [
        DelegateLine(
            id=held.id,
            name=person.name,
            role=label(held.role),
            seat=_seat(work, held),
            may=authority_on(held, said, on),
            since=held.from_on,
            until=held.to_on,
            may_record=may_change and held.seat is not None,
        )
        for held, person in memberships_on(work.session, on)
    ]


def delegate_name(work: UnitOfWork, membership_id: UUID) -> str:
    """Say whose authority it is: the person, and the seat."""
    held = get_membership(work.session, membership_id)
    name = names(work.session, {held.person_id}).get(held.person_id, "")
    return f"{name}, {_seat(work, held) or label(held.role)}"


def _seat(work: UnitOfWork, held: Membership) -> str:
    if held.seat is None:
        return ""
    return party_name(held.seat, held.authority, work.partnership.authorities)
