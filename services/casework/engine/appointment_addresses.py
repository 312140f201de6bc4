"""The one-time address at which an appointment is answered, made when its email is written.

Only its SHA-256 is kept, and only Keyline itself may add it: the database takes none in a person's
name. Another email for the same answer ends the address of the one before. It is written to whoever
answers by the record, and to nobody else: whatever the outbox says, and whoever held the post once.
"""

from typing import Final
from uuid import UUID

from services.database.appointments import (
    Appointment,
    AppointmentLink,
    answered,
    answers,
    get_appointment,
    links_of,
)
from services.database.directory_entries import get_contact
from services.database.outbox import OutboxEmail
from services.database.unit_of_work import UnitOfWork
from services.domain.appointments import LINK_LASTS, AnswerOf
from services.domain.emails import EmailTrigger
from services.domain.errors import RuleBroken
from services.identity import session_ids

ANSWERED_AT: Final = "/invitations"
WITH_ADDRESS: Final = frozenset(
    {EmailTrigger.APPOINTMENT_TO_CONFIRM, EmailTrigger.INVITED_TO_SERVE}
)
_PAGES: Final = {
    EmailTrigger.APPOINTMENT_WAITS: "/administration/people",
    EmailTrigger.ROLE_GRANTED: "/sign-in",
    EmailTrigger.ROLE_ENDS: "/sign-in",
}
OF_PEOPLE: Final = WITH_ADDRESS | _PAGES.keys()


def page_of_people(work: UnitOfWork, outbox_email: OutboxEmail, *, may_have_gone: bool) -> str:
    """Return where the email leads: to a page that needs an account, or a new one-time address."""
    if "asked" in outbox_email.content:  # a platform administrator, who is no member here
        return f"/administration/partnerships/{outbox_email.tenant_id}/people"
    if outbox_email.event not in WITH_ADDRESS:
        return _PAGES[outbox_email.event]
    if may_have_gone:
        return ANSWERED_AT
    return f"{ANSWERED_AT}/{_new_address(work, outbox_email)}"


def _new_address(work: UnitOfWork, outbox_email: OutboxEmail) -> str:
    appointment = get_appointment(work.session, UUID(outbox_email.content["appointment"]))
    answer_of = AnswerOf(outbox_email.content["answer_of"])
    if not answered(answers(work.session, appointment.id), appointment.id).is_open:
        raise RuleBroken("The appointment was settled before this was sent.")
    if outbox_email.address != _address_of(work, appointment, answer_of):
        raise RuleBroken("It is not the address of whoever answers.")
    for link in links_of(work.session, appointment.id, answer_of):
        link.ended_at = link.ended_at or work.now
        work.session.add(link)
    work.session.flush()
    token = session_ids.new()
    work.session.add(
        AppointmentLink(
            tenant_id=appointment.tenant_id,
            appointment_id=appointment.id,
            answer_of=answer_of,
            address_sha256=session_ids.kept(token),
            written_at=work.now,
            closes_at=work.now + LINK_LASTS,
        )
    )
    return token


def _address_of(work: UnitOfWork, appointment: Appointment, answer_of: AnswerOf) -> str | None:
    """Return where whoever gives this answer is written to; None: nobody gives it at an address."""
    if answer_of is AnswerOf.APPOINTED:
        return appointment.address
    if answer_of is not AnswerOf.SECOND_PERSON or appointment.contact_id is None:
        return None
    entry = get_contact(work.session, appointment.contact_id)
    return entry.contact.address if entry.holds(work.today) else None
