"""A system that two administrators let in takes up its place, and is given a secret.

It has no mailbox and clicks no link: Keyline writes the one-time address and uses it in the same
step, by the road of a person who is invited, so that the database asks what it asks of them.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from services.casework.engine.transactions import TransactionContext, as_keyline
from services.casework.people.answering import must_be_open
from services.casework.people.door import AddressBrought, accept, open_invited
from services.casework.people.records import begin_administering
from services.database.appointments import (
    Appointment,
    AppointmentLink,
    answered,
    answers,
    get_appointment,
)
from services.database.partnerships import lock_partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.appointments import AnswerOf, AppointmentStanding
from services.domain.errors import NotFound, RuleBroken
from services.domain.identifiers import PersonId
from services.domain.roles import Role
from services.identity import session_ids

_AT_ONCE: Final = timedelta(minutes=5)


def system_of(work: UnitOfWork, appointment_id: UUID) -> Appointment:
    """Return a system as it was entered; an appointment of a person is none."""
    found = get_appointment(work.session, appointment_id)
    if found.role is not Role.SYSTEM:
        raise NotFound("There is no such system.")
    return found


def must_be_let_in(work: UnitOfWork, appointment_id: UUID) -> AppointmentStanding:
    """Return how it stands, for somebody who may make a secret; two people let it in first."""
    begin_administering(work)
    entered = system_of(work, appointment_id)
    standing = answered(answers(work.session, entered.id), entered.id).standing
    if standing not in {AppointmentStanding.WAITS_FOR_PERSON, AppointmentStanding.HELD}:
        raise RuleBroken("It is let in by two administrators first; then it is given a secret.")
    return standing


def take_up(context: TransactionContext, work: UnitOfWork, appointment_id: UUID) -> None:
    """Open the account of a system that was let in and have it take up its place."""
    partnership_id = work.actor.partnership_id
    token = session_ids.new()
    with as_keyline(context, partnership_id) as keyline:
        lock_partnership(keyline.session)
        entered = system_of(keyline, appointment_id)
        if must_be_open(keyline, entered) is not AppointmentStanding.WAITS_FOR_PERSON:
            raise RuleBroken("It is let in by two administrators first; then it is given a secret.")
        link = AppointmentLink(
            tenant_id=partnership_id,
            appointment_id=entered.id,
            answer_of=AnswerOf.APPOINTED,
            address_sha256=session_ids.kept(token),
            written_at=keyline.now,
            closes_at=keyline.now + _AT_ONCE,
        )
        keyline.session.add(link)
        name = entered.name
    person_id = open_invited(context, AddressBrought(token), name)
    if person_id is None or not accept(context, AddressBrought(token, PersonId(person_id))):
        raise RuleBroken("It could not take up its place. Take it back and enter it again.")
