"""At a one-time address: who appoints for an organisation confirms, who is invited accepts.

Whatever is wrong with an address, the answer is nothing: who has none learns nothing. What is
posted here counts as a try, as at the other doors.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from services.casework.engine.transactions import TransactionContext, as_keyline
from services.casework.people.answering import AnswerGiven, put_answer
from services.casework.people.door_commands import ConfirmAppointment, OpenAccount
from services.casework.people.posts import post_name
from services.database.appointments import (
    Appointment,
    AppointmentLink,
    answered,
    answers,
    get_appointment,
    has_account_for,
    links_of,
    open_account,
)
from services.database.directory_entries import get_contact
from services.database.partnerships import agency_names, lock_partnership
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.database.watch import appointment_link_at
from services.domain.appointments import AnswerOf, AppointmentStanding
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import PersonId
from services.identity import session_ids
from services.identity.actors import service_actor
from services.identity.password_rules import why_not
from services.identity.passwords import Passwords

_TURN = {
    AnswerOf.SECOND_PERSON: AppointmentStanding.WAITS_FOR_SECOND,
    AnswerOf.APPOINTED: AppointmentStanding.WAITS_FOR_PERSON,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AtDoor:
    """What an address that is open shows: the appointment, whose turn it is, the partnership."""

    appointment: Appointment
    post: str
    answer_of: AnswerOf
    partnership: str
    has_account: bool


@dataclass(frozen=True, slots=True)
class AddressBrought:
    """What somebody brings to the door: the end of the address, and who is signed in if anybody."""

    token: str = field(repr=False)
    person_id: PersonId | None = None


def shown_at(context: TransactionContext, brought: AddressBrought) -> AtDoor | None:
    """Return what the address shows, if it is open."""
    with _door(context, brought.token) as opened:
        if opened is None:
            return None
        work, appointment, link = opened
        work.session.expunge(appointment)
        return AtDoor(
            appointment=appointment,
            post=post_name(work, appointment, agency_names(work.session)),
            answer_of=link.answer_of,
            partnership=work.partnership.name,
            has_account=has_account_for(work.session, appointment),
        )


def confirm(
    context: TransactionContext, brought: AddressBrought, command: ConfirmAppointment
) -> bool:
    """Put on record what the holder of the post says; False where the address is not open."""
    with _door(context, brought.token) as opened:
        if opened is None or opened[2].answer_of is not AnswerOf.SECOND_PERSON:
            return False
        work, appointment, _link = opened
        _use_up(work, appointment, AnswerOf.SECOND_PERSON)
        said = AnswerGiven(
            answer_of=AnswerOf.SECOND_PERSON,
            is_yes=command.is_confirmed,
            grounds=command.grounds,
            said_by=command.said_by,
        )
        put_answer(work, appointment, said)
        return True


def accept(context: TransactionContext, brought: AddressBrought) -> bool:
    """Accept as the person who is signed in; False where the address is not open.

    Raises RuleBroken for whoever entered the appointment; the address stays open for the person.
    """
    with _door(context, brought.token) as opened:
        if opened is None or opened[2].answer_of is not AnswerOf.APPOINTED:
            return False
        partnership_id, appointment_id = opened[0].actor.partnership_id, opened[1].id
    if brought.person_id is None:
        return False
    actor = service_actor(partnership_id, brought.person_id)
    with unit_of_work(context.engine, actor, context.now(), context.calendar) as work:
        appointment = get_appointment(work.session, appointment_id)
        if brought.person_id == appointment.added_by:
            raise RuleBroken(
                "You entered this appointment: the invitation is another person's. "
                "Sign out, and let them open the address."
            )
        said = AnswerGiven(answer_of=AnswerOf.APPOINTED, is_yes=True, person_id=brought.person_id)
        put_answer(work, appointment, said)
    return True


def accept_as_new(
    context: TransactionContext, brought: AddressBrought, command: OpenAccount, hashing: Passwords
) -> bool:
    """Open the person's account and accept in their name; False where the address is not open.

    The account is opened first: where the second part fails, they sign in and accept. Raises
    AnswerRefused for a password that is among those that are tried first.
    """
    with _door(context, brought.token) as opened:
        if opened is None:
            return False
        address = opened[1].address
    if problem := why_not(command.password, (command.name, address)):
        raise AnswerRefused("password", problem)
    kept = hashing.hashed(command.password)
    person_id = open_invited(context, brought, command.name, kept)
    if person_id is None:
        return False
    return accept(context, AddressBrought(brought.token, PersonId(person_id)))


def open_invited(
    context: TransactionContext, brought: AddressBrought, name: str, kept: str = ""
) -> UUID | None:
    """Open the account of who is invited and has none; return whose it is, or None where it is not.

    ``kept`` is what is kept of their password; nothing where their organisation signs them in.
    """
    with _door(context, brought.token) as opened:
        if opened is None or opened[2].answer_of is not AnswerOf.APPOINTED:
            return None
        work, appointment, _link = opened
        return open_account(work.session, appointment, brought.token, name, kept)


def decline(context: TransactionContext, brought: AddressBrought) -> bool:
    """Decline as whoever has the address, which takes no account; False where it is not open."""
    with _door(context, brought.token) as opened:
        if opened is None or opened[2].answer_of is not AnswerOf.APPOINTED:
            return False
        work, appointment, _link = opened
        put_answer(work, appointment, AnswerGiven(answer_of=AnswerOf.APPOINTED, is_yes=False))
        return True


@contextmanager
def _door(
    context: TransactionContext, token: str
) -> Iterator[tuple[UnitOfWork, Appointment, AppointmentLink] | None]:
    """Open the address for one transaction of Keyline's own, if it is open and it is its turn."""
    place = appointment_link_at(context.engine, session_ids.kept(token))
    if place is None:
        yield None
        return
    with as_keyline(context, place.partnership_id) as work:
        lock_partnership(work.session)
        link = work.session.get_one(AppointmentLink, (place.partnership_id, place.link_id))
        appointment = get_appointment(work.session, link.appointment_id)
        standing = answered(answers(work.session, appointment.id), appointment.id).standing
        is_turn = standing is _TURN[link.answer_of] and link.is_open(work.now)
        is_theirs = is_turn and _is_theirs(work, appointment, link)
        yield (work, appointment, link) if is_theirs else None


def _is_theirs(work: UnitOfWork, appointment: Appointment, link: AppointmentLink) -> bool:
    """Tell whether whoever the address was written to may answer still: a post may have ended."""
    if link.answer_of is AnswerOf.APPOINTED:
        return True
    if appointment.contact_id is None:
        return False
    return get_contact(work.session, appointment.contact_id).holds(work.today)


def _use_up(work: UnitOfWork, appointment: Appointment, answer_of: AnswerOf) -> None:
    """End the addresses that were written for this answer."""
    for link in links_of(work.session, appointment.id, answer_of):
        link.ended_at = link.ended_at or work.now
        work.session.add(link)
    work.session.flush()
