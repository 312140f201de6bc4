"""Who may be named to attend a meeting, and for whom each of them comes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.casework.answers_as_text import names_for
from services.casework.effects import AskedSeat
from services.database.cases import Case
from services.database.guests import guests
from services.database.people import Membership, serving
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.parties import party_name
from services.domain.roles import ROLE_PERMISSIONS, Permission, Role


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person who may attend: their name, for whom they come, and their seat."""

    person_id: UUID
    name: str
    comes_for: str
    seat: AskedSeat


def may_attend(
    work: UnitOfWork, case: Case, on: date | None = None, *, since: date | None = None
) -> dict[UUID, Attendee]:
    """Return everybody whose role lets them attend a meeting on the day, each once, by name.

    Without a day, it is those whose role lets them today; with ``since``, those whose role did on
    any day from then on, whoever has left meanwhile. Of the guests it is those of the case.
    """
    until = on or work.today
    roles = [role for role in Role if Permission.ATTEND_MEETING in ROLE_PERMISSIONS[role]]
    agencies, found = names_for(work), dict[UUID, Attendee]()
    for person, one in serving(work.session, set(roles) - {Role.GUEST}, on=until, since=since):
        seat = AskedSeat(one.role, one.seat, one.authority, one.agency_id)
        comes_for = _comes_for(work, one, agencies)
        found.setdefault(person.id, Attendee(person.id, person.name, comes_for, seat))
    for guest in guests(work.session, case.id):
        if guest.is_let_in(since or until):
            seat = AskedSeat(Role.GUEST, None, agency_id=guest.agency_id)
            comes_for = agencies.get(guest.agency_id, label(Role.GUEST))
            found[guest.person_id] = Attendee(guest.person_id, guest.name, comes_for, seat)
    return found


def described(
    work: UnitOfWork, case: Case, people: Collection[UUID]
) -> dict[UUID, tuple[str, str]]:
    """Return the name of each of these people and for whom they come, if they still serve."""
    serve, names = may_attend(work, case) if people else {}, names_for(work, *people)
    return {
        one: (
            names.get(one, "A person who has left"),
            serve[one].comes_for if one in serve else "",
        )
        for one in people
    }


def _comes_for(work: UnitOfWork, one: Membership, agencies: Mapping[UUID, str]) -> str:
    """Return for whom a person attends: an agency, a partner's seat, or their own role."""
    if one.agency_id is not None:
        return agencies.get(one.agency_id, label(one.role))
    if one.seat is None:
        return label(one.role)
    return party_name(one.seat, one.authority, work.partnership.authorities)
