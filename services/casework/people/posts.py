"""The posts that somebody holds, what they are called, and with whom each goes on after a day.

A deputy's days end, so a post does not go on with its deputy: without another holder it falls empty
with those days, which nobody would be asked about then.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from services.database.appointments import Appointment
from services.database.partnerships import agency_names
from services.database.people import Membership, memberships_of, memberships_on
from services.database.unit_of_work import UnitOfWork
from services.domain.appointments import NEVER_EMPTY
from services.domain.directory import A_DAY
from services.domain.labels import label
from services.domain.parties import party_name
from services.domain.roles import WITHOUT_ACCOUNT, Role
from services.domain.systems import scopes_in

_NOT_ENDED_HERE: Final = WITHOUT_ACCOUNT | {Role.SERVICE}


@dataclass(frozen=True, slots=True, kw_only=True)
class PostHeld:
    """A post of the person, who else holds it on the day after, and whether it may not be empty."""

    membership: Membership
    name: str
    goes_on_with: tuple[str, ...]
    falls_empty: bool


def posts_held(work: UnitOfWork, person_id: UUID, last_day: date) -> tuple[PostHeld, ...]:
    """Return the posts of the person that go on after the day, and with whom else each does."""
    serving = memberships_on(work.session, last_day + A_DAY)
    names = {held.id: person.name for held, person in serving}
    others = [
        held for held, _person in serving if held.person_id != person_id and held.deputy_of is None
    ]
    mine = ending_of(work, person_id, last_day)
    return tuple(_post(work, held, others, names) for held in mine)


def ending_of(work: UnitOfWork, person_id: UUID, last_day: date) -> list[Membership]:
    """Return what of the person goes on after the day; a guest's access ends on its own page."""
    found = memberships_of(work.session, person_id, after=last_day + A_DAY)
    return [one for one in found if one.role not in _NOT_ENDED_HERE]


def post_name(work: UnitOfWork, held: Membership | Appointment, agencies: dict[UUID, str]) -> str:
    """Return what people read for the post: the role, and whose seat or agency it is.

    Of a system it says what it is let do as well.
    """
    if held.role is Role.SYSTEM:
        does = " and ".join(label(one) for one in sorted(scopes_in(held.decides)))
        of = f" of {agencies.get(held.agency_id, 'an agency')}" if held.agency_id else ""
        return f"{label(held.role)}{of}, let {does}"
    if held.seat is not None:
        seat = party_name(held.seat, held.authority, work.partnership.authorities)
        return f"{label(held.role)}, {seat}"
    if held.agency_id is not None:
        return f"{label(held.role)}, {agencies.get(held.agency_id, 'an agency')}"
    return label(held.role)


def is_same_post(one: Membership, other: Membership) -> bool:
    """Tell whether two memberships are of the same post."""
    return (one.role, one.seat, one.authority, one.agency_id) == (
        other.role,
        other.seat,
        other.authority,
        other.agency_id,
    )


def _post(
    work: UnitOfWork, held: Membership, others: list[Membership], names: dict[UUID, str]
) -> PostHeld:
    goes_on = {names[one.id] for one in others if is_same_post(one, held)}
    return PostHeld(
        membership=held,
        name=post_name(work, held, agency_names(work.session)),
        goes_on_with=tuple(sorted(goes_on)),
        falls_empty=held.role in NEVER_EMPTY and not goes_on,
    )
