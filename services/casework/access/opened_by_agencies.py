"""When somebody of an agency first looked at a case for which the agency was asked something.

A look is recorded with the person and the role, and not with the agency: of who answers for two
agencies nobody can tell for which of them they looked, so their looks count for neither.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from services.database.cases import Case
from services.database.guests import guests
from services.database.looks import agencies_led_by, looks_in
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission, Role

_FOR_AGENCIES: Final = (Role.AGENCY_LEAD, Role.GUEST)


def looks_of_agencies(work: UnitOfWork, case: Case) -> Mapping[UUID, list[datetime]] | None:
    """Return by agency when its people looked at the case, oldest first.

    It is told to whoever may read who saw the case; None to everybody else.
    """
    if not work.actor.may(Permission.READ_HISTORY):
        return None
    looks = looks_in(work.session, case.id, _FOR_AGENCIES)
    led = agencies_led_by(work.session, {person for person, _ in looks})
    for guest in guests(work.session, case.id):
        led.setdefault(guest.person_id, set()).add(guest.agency_id)
    found: dict[UUID, list[datetime]] = {}
    for person_id, at in looks:
        whose = led.get(person_id, set())
        if len(whose) == 1:
            found.setdefault(next(iter(whose)), []).append(at)
    return found
