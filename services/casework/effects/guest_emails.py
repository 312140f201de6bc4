"""The emails to people without an account in their own person: the address, and the code for it."""

from services.casework.effects.addressees import Addressee
from services.casework.effects.email_recipients import EmailContext
from services.casework.effects.emails import EmailCopy, post, put_copy
from services.database.cases import Case
from services.database.guests import Guest, GuestLink
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.recipients import Recipient
from services.domain.todos import Todo


def enqueue_address(work: UnitOfWork, case: Case, guest: Guest, part: str) -> None:
    """Put the email with a one-time address into the outbox: it asks only that they declare (G7).

    The address is made when the email is written, so no row ever holds it.
    """
    about = EmailContext(todo=Todo.DECLARE, part=f"guest:{part}")
    to = Addressee(guest.address, guest=str(guest.person_id))
    post(work, case, EmailTrigger.DECLARATION_NEEDED, about, [(Recipient.ATTENDEES, to)])


def enqueue_to_participant(
    work: UnitOfWork, case: Case, guest: Guest, event: EmailTrigger, part: str
) -> None:
    """Put the email to a practitioner at the learning event into the outbox (LC-38).

    Its one-time address, made when it is written, opens nothing before they have declared (G7).
    """
    to = Addressee(guest.address, guest=str(guest.person_id))
    post(work, case, event, EmailContext(part=f"guest:{part}"), [(Recipient.GUEST, to)])


def enqueue_guest_code(work: UnitOfWork, case: Case, link: GuestLink) -> None:
    """Put the email with a code into the outbox, to where the address went.

    The code is made when the email is written, so no row ever holds it.
    """
    copy = EmailCopy(
        event=EmailTrigger.GUEST_CODE,
        part=f"{link.id}:{link.codes_asked}",
        recipient=Recipient.GUEST,
        addressee=str(link.id),
        address=link.address,
        content={"guest_link": str(link.id)},
    )
    put_copy(work, case, copy)
