"""Which seats and roles of a partnership nobody holds, and who is appointed to them already."""

from collections.abc import Iterator
from typing import Final

from services.database.appointments import Appointment, answered, answers, appointments
from services.database.people import memberships_on
from services.database.unit_of_work import UnitOfWork
from services.domain.appointments import APPOINTED_BY, AppointmentStanding
from services.domain.labels import label
from services.domain.parties import party_name
from services.domain.roles import Role
from services.domain.set_up import Missing, SetUpPart

NEEDED_ROLES: Final = (
    Role.PARTNERSHIP_ADMINISTRATOR,
    Role.BUSINESS_MANAGER,
    Role.NOTIFIER,
    Role.REVIEW_GROUP_CHAIR,
)
ADVISED_ROLES: Final = (Role.INDEPENDENT_SCRUTINEER, Role.DATA_PROTECTION_CONTACT)
_SEAT: Final = (
    "An administrator appoints the delegate, and the partner's lead safeguarding partner in the "
    "directory confirms it (GOV-12)."
)
_NOTIFIER: Final = (
    "An administrator appoints one, and the authority's director in the directory confirms it "
    "(NOT-07)."
)
_FIRST: Final = "A platform administrator appoints one, and another confirms it."
_ANY: Final = "An administrator appoints somebody, and a second person confirms it."


def missing_people(work: UnitOfWork) -> Iterator[Missing]:
    """Yield each seat and role that nobody holds today, and who has to act next."""
    serving = [held for held, _person in memberships_on(work.session, work.today)]
    waiting = [*_waiting(work)]
    seats = {(held.seat, held.authority) for held in serving}
    for party in work.partnership.parties:
        seat = (party.seat, party.authority)
        if seat not in seats:
            name = party_name(*seat, work.partnership.authorities)
            next_act = _next([how for one, how in waiting if (one.seat, one.authority) == seat])
            what = f"Nobody fills the seat of the {name}."
            yield Missing(SetUpPart.PEOPLE, what, next_act or _SEAT)
    roles = {held.role for held in serving}
    for role in (*NEEDED_ROLES, *ADVISED_ROLES):
        if role not in roles:
            next_act = _next([how for one, how in waiting if one.role is role])
            what = f"Nobody holds the role of {label(role)}."
            to_do = next_act or _who_appoints(role)
            yield Missing(SetUpPart.PEOPLE, what, to_do, role in NEEDED_ROLES)


def _waiting(work: UnitOfWork) -> Iterator[tuple[Appointment, AppointmentStanding]]:
    said = answers(work.session)
    for one in appointments(work.session):
        state = answered(said, one.id)
        if state.is_open:
            yield one, state.standing


def _next(standings: list[AppointmentStanding]) -> str:
    """Say who acts next on the appointment that is furthest; nothing where there is none."""
    if AppointmentStanding.WAITS_FOR_PERSON in standings:
        return "Somebody is invited and has not accepted yet."
    if standings:
        return "Somebody is appointed, and a second person has not confirmed it yet."
    return ""


def _who_appoints(role: Role) -> str:
    if role is Role.PARTNERSHIP_ADMINISTRATOR:
        return _FIRST
    return _NOTIFIER if role in APPOINTED_BY else _ANY
