"""Who is written to about an appointment: no email names the role, and none a case."""

from collections.abc import Iterable, Mapping
from datetime import date

from services.casework.people.records import administrators
from services.database.appointments import Appointment
from services.database.directory_entries import get_contact
from services.database.outbox import DeliveryStatus, OutboxEmail, add_emails
from services.database.people import Person
from services.database.unit_of_work import UnitOfWork
from services.domain.appointments import AnswerOf
from services.domain.emails import EmailTrigger
from services.domain.errors import RuleBroken
from services.domain.message_ids import message_id_for
from services.domain.systems import NO_MAILBOX


def ask_second_person(work: UnitOfWork, appointment: Appointment) -> None:
    """Write to whoever appoints for the organisation, or to the other administrators.

    Raises RuleBroken where who was chosen to say so for the organisation holds the post no longer.
    """
    if appointment.contact_id is not None:
        entry = get_contact(work.session, appointment.contact_id)
        if not entry.holds(work.today):
            raise RuleBroken(
                "Whoever was asked holds the post no longer: take this back and enter it again."
            )
        answer = _link(appointment, AnswerOf.SECOND_PERSON)
        _post(work, EmailTrigger.APPOINTMENT_TO_CONFIRM, [entry.contact.address], answer)
        return
    told = [one for one in _others(work, appointment) if one != appointment.address]
    _post(work, EmailTrigger.APPOINTMENT_WAITS, told, {"appointment": str(appointment.id)})


def ask_platform(work: UnitOfWork, appointment: Appointment, addresses: Iterable[str]) -> None:
    """Write to the platform administrators, who answer where a partnership has nobody yet."""
    about = {"appointment": str(appointment.id), "asked": "platform"}
    _post(work, EmailTrigger.APPOINTMENT_WAITS, addresses, about)


def nobody_to_ask(work: UnitOfWork, appointment: Appointment) -> str:
    """Say why nobody can be written to as the second person, and what to do; else nothing."""
    if appointment.contact_id is not None:
        return ""
    others = _others(work, appointment)
    if not others:
        return (
            "the partnership has no other administrator. Ask a platform administrator to answer it."
        )
    if set(others) == {appointment.address}:
        return (
            "the only other administrator is the person appointed. Appoint another administrator "
            "first, who then answers it."
        )
    return ""


def invite(work: UnitOfWork, appointment: Appointment) -> None:
    """Write to the person appointed, with a one-time address."""
    answer = _link(appointment, AnswerOf.APPOINTED)
    _post(work, EmailTrigger.INVITED_TO_SERVE, [appointment.address], answer)


def tell_of_role(work: UnitOfWork, appointment: Appointment) -> None:
    """Tell the person that what they accepted is on record."""
    about = {"appointment": str(appointment.id)}
    _post(work, EmailTrigger.ROLE_GRANTED, [appointment.address], about)


def tell_of_end(work: UnitOfWork, person: Person, last_day: date) -> None:
    """Tell the person that something they hold ends, and when."""
    about = {"person": str(person.id)}
    _post(work, EmailTrigger.ROLE_ENDS, [person.email], about, due=last_day)


def _others(work: UnitOfWork, appointment: Appointment) -> list[str]:
    """Return the addresses of the administrators of the partnership who did not enter it."""
    others = administrators(work)
    others.pop(appointment.added_by, None)
    return list(others.values())


def _link(appointment: Appointment, answer_of: AnswerOf) -> Mapping[str, str]:
    return {"appointment": str(appointment.id), "answer_of": answer_of.value}


def _post(
    work: UnitOfWork,
    event: EmailTrigger,
    addresses: Iterable[str],
    about: Mapping[str, str],
    due: date | None = None,
) -> None:
    """Put the email into the outbox; sent again by another act, it is another email.

    A system has no mailbox: nobody is written to in its stead.
    """
    work.session.flush()
    part = ":".join((event, *about.values(), work.now.isoformat()))
    content = {"matter": None, "due": due.isoformat() if due else None, "todo": None, **about}
    written_to = sorted(one for one in set(addresses) if not one.endswith(NO_MAILBOX))
    keyed = {f"{work.actor.partnership_id}:{part}:{one}": one for one in written_to}
    emails = [
        OutboxEmail(
            tenant_id=work.actor.partnership_id,
            key=key,
            event=event,
            recipient=event.sending.recipients[0],
            address=address,
            content=content,
            message_id=message_id_for(work.actor.partnership_id, key),
            delivery=DeliveryStatus.PENDING,
            posted_at=work.now,
        )
        for key, address in keyed.items()
    ]
    add_emails(work.session, emails)
