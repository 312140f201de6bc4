"""What is said of an appointment: by the second person, by the person, by who takes it back."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from pydantic import Field

from services.casework.commands import Command, ShortText, YesNo
from services.casework.people.emails import ask_second_person, invite, nobody_to_ask, tell_of_role
from services.casework.people.records import (
    begin_administering,
    form_about,
    keep,
    was_sent,
)
from services.database.appointments import (
    Appointment,
    AppointmentAnswer,
    answered,
    answers,
    appoint,
    get_appointment,
    is_own_address,
)
from services.database.partnerships import lock_partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.appointments import AnswerOf, AppointmentStanding, must_be_second
from services.domain.audit import PeopleEvent
from services.domain.errors import AlreadyDone, RuleBroken

_EVENTS = {
    (AnswerOf.SECOND_PERSON, True): PeopleEvent.CONFIRMED,
    (AnswerOf.SECOND_PERSON, False): PeopleEvent.REFUSED,
    (AnswerOf.APPOINTED, True): PeopleEvent.ACCEPTED,
    (AnswerOf.APPOINTED, False): PeopleEvent.DECLINED,
    (AnswerOf.WITHDRAWN, True): PeopleEvent.WITHDRAWN,
}


class AnswerAppointment(Command):
    """What a second administrator says of an appointment."""

    is_confirmed: YesNo = Field(title="Is this person to hold this role?")
    grounds: ShortText = Field(title="How do you know, or why not?")


class WithdrawAppointment(Command):
    """Why an appointment that is not held yet is taken back."""

    grounds: ShortText = Field(title="Why is it taken back?")


class SendAgain(Command):
    """That whoever has to answer is written to again; an earlier address ends with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGiven:
    """What somebody says of an appointment, and who says it; without a person, a post's holder."""

    answer_of: AnswerOf
    is_yes: bool
    grounds: str = ""
    said_by: str = ""
    person_id: UUID | None = None


def answer_appointment(work: UnitOfWork, appointment_id: UUID, command: AnswerAppointment) -> None:
    """Confirm or refuse, as another administrator than who entered it; then the person is asked."""
    begin_administering(work)
    form = form_about(command, appointment_id)
    if was_sent(work, form):
        return
    appointment = get_appointment(work.session, appointment_id)
    must_be_second(
        work.actor.person_id,
        appointment.added_by,
        is_appointed=is_own_address(work.session, appointment.address),
    )
    if appointment.contact_id is not None:
        raise RuleBroken("Who appoints for the organisation answers this one, by the directory.")
    said = AnswerGiven(
        answer_of=AnswerOf.SECOND_PERSON,
        is_yes=command.is_confirmed,
        grounds=command.grounds,
        person_id=work.actor.person_id,
    )
    put_answer(work, appointment, said, form)


def withdraw_appointment(
    work: UnitOfWork, appointment_id: UUID, command: WithdrawAppointment
) -> None:
    """Take back an appointment that is not held yet; its one-time addresses open nothing more."""
    begin_administering(work)
    form = form_about(command, appointment_id)
    if was_sent(work, form):
        return
    appointment = get_appointment(work.session, appointment_id)
    said = AnswerGiven(
        answer_of=AnswerOf.WITHDRAWN,
        is_yes=True,
        grounds=command.grounds,
        person_id=work.actor.person_id,
    )
    put_answer(work, appointment, said, form)


def send_again(work: UnitOfWork, appointment_id: UUID, command: SendAgain) -> None:
    """Write again to whoever has to answer next; refuse where there is nobody to write to."""
    del command
    begin_administering(work)
    appointment = get_appointment(work.session, appointment_id)
    if must_be_open(work, appointment) is AppointmentStanding.WAITS_FOR_SECOND:
        if nobody := nobody_to_ask(work, appointment):
            raise RuleBroken(f"Nobody was written to: {nobody}")
        ask_second_person(work, appointment)
    else:
        invite(work, appointment)


def put_answer(
    work: UnitOfWork, appointment: Appointment, said: AnswerGiven, form: str | None = None
) -> None:
    """Put on record what was said, if it is this person's turn, and do what follows of it."""
    lock_partnership(work.session)
    standing = must_be_open(work, appointment)
    of_turn = {
        AnswerOf.SECOND_PERSON: AppointmentStanding.WAITS_FOR_SECOND,
        AnswerOf.APPOINTED: AppointmentStanding.WAITS_FOR_PERSON,
        AnswerOf.WITHDRAWN: standing,
    }
    if standing is not of_turn[said.answer_of]:
        raise AlreadyDone("This appointment has been answered already. The first answer stands.")
    answer = AppointmentAnswer(
        tenant_id=appointment.tenant_id,
        id=(work.once if form else None) or uuid4(),
        appointment_id=appointment.id,
        added_by=appointment.added_by,
        answer_of=said.answer_of,
        is_yes=said.is_yes,
        grounds=said.grounds,
        said_by=said.said_by,
        answered_by=said.person_id,
        answered_at=work.now,
    )
    keep(work, answer, form, _EVENTS[said.answer_of, said.is_yes])
    _go_on(work, appointment, said)


def must_be_open(work: UnitOfWork, appointment: Appointment) -> AppointmentStanding:
    """Return how it stands; refuse one on which nobody has anything to say any more."""
    now = answered(answers(work.session, appointment.id), appointment.id)
    if not now.is_open:
        raise AlreadyDone("This appointment is settled: nobody has to answer it any more.")
    return now.standing


def _go_on(work: UnitOfWork, appointment: Appointment, said: AnswerGiven) -> None:
    """Invite the person who was confirmed; make the membership of the one who accepted."""
    if said.answer_of is AnswerOf.SECOND_PERSON and said.is_yes:
        invite(work, appointment)
    if said.answer_of is AnswerOf.APPOINTED and said.is_yes:
        if not appoint(work.session, appointment):
            raise RuleBroken(
                "The role cannot begin: whoever entered or confirmed it was no administrator then, "
                "or the invitation is another person's."
            )
        tell_of_role(work, appointment)
