"""The first administrator of a partnership: appointed by two people, invited, and accepting.

The file enters the appointment, in the name of the platform administrator who founds it. Another
platform administrator confirms it, and then the person is written to. Nobody holds anything before.
"""

from typing import Final

from services.casework.administration.planned_part import PlannedPart
from services.casework.administration.tenant_file import TenantFile
from services.casework.engine.transactions import TransactionContext, as_keyline
from services.casework.people.emails import ask_platform
from services.casework.people.entering import AppointPerson, appoint_person
from services.casework.people.from_platform import acting_there
from services.casework.provisioning import same_address
from services.database.appointments import Appointment, answered, answers, appointments
from services.database.people import memberships_on
from services.database.unit_of_work import UnitOfWork
from services.domain.appointments import AppointmentStanding
from services.domain.audit import INSTALLATION
from services.domain.labels import label
from services.domain.roles import Actor, Role
from services.domain.set_up import PartStanding

ADMINISTRATOR: Final = Role.PARTNERSHIP_ADMINISTRATOR
TO_CONFIRM: Final = (
    "another platform administrator confirms the appointment, on the page of the partnership's "
    "people; then the invitation is sent. Where there is no other: ./keyline administrator another"
)
_APPOINTED_OTHERWISE: Final = "somebody else is appointed: take that appointment back first"
_GRANTED: Final = "an administrator of the partnership appoints another"
_REASONS: Final = "The first administrator, by the file that the partnership is founded from."


def appointment_planned(read: TenantFile) -> PlannedPart:
    """Return the part of a partnership that nobody administers or is appointed to administer."""
    return PlannedPart(_what(read), PartStanding.TO_MAKE, TO_CONFIRM)


def administrator_part(work: UnitOfWork, read: TenantFile) -> PlannedPart:
    """Return how the administrator of the file stands to who administers the partnership."""
    email = same_address(read.administrator.email)
    serving = {
        person.email
        for held, person in memberships_on(work.session, work.today)
        if held.role is ADMINISTRATOR
    }
    if email in serving:
        return PlannedPart(_what(read), PartStanding.THERE)
    waiting = {one.address: _standing(work, one) for one in _open_appointments(work)}
    if email in waiting:
        return PlannedPart(_what(read), PartStanding.THERE, label(waiting[email]))
    if serving or waiting:
        to_do = _GRANTED if serving else _APPOINTED_OTHERWISE
        return PlannedPart(_what(read), PartStanding.DIFFERS, to_do)
    return appointment_planned(read)


def appoint_first(actor: Actor, context: TransactionContext, read: TenantFile) -> None:
    """Enter the appointment of the file's administrator, where nobody is one or is to be one."""
    others = _other_platform_administrators(context, actor)
    with acting_there(actor, context, read.partnership_id, None) as work:
        if administrator_part(work, read).standing is not PartStanding.TO_MAKE:
            return
        first = AppointPerson(
            address=read.administrator.email,
            name=read.administrator.name,
            role=ADMINISTRATOR,
            from_on=work.real_today,
            reasons=_REASONS,
        )
        appoint_person(work, first)
        ask_platform(work, _open_appointments(work)[0], others)


def _other_platform_administrators(context: TransactionContext, actor: Actor) -> list[str]:
    with as_keyline(context, INSTALLATION) as work:
        serving = memberships_on(work.session, work.real_today)
        return [
            person.email
            for held, person in serving
            if held.role is actor.role and held.person_id != actor.person_id
        ]


def _open_appointments(work: UnitOfWork) -> list[Appointment]:
    return [
        one
        for one in appointments(work.session)
        if one.role is ADMINISTRATOR and answered(answers(work.session, one.id), one.id).is_open
    ]


def _standing(work: UnitOfWork, one: Appointment) -> AppointmentStanding:
    return answered(answers(work.session, one.id), one.id).standing


def _what(read: TenantFile) -> str:
    return f"administrator {read.administrator.name}, {read.administrator.email}"
