"""The emails to people without an account in their own person: the address, and the code for it."""

from services.casework.effects.addressees import Addressee
from services.casework.effects.email_recipients import EmailContext
from services.casework.effects.emails import key_stem, post
from services.database.cases import Case
from services.database.guests import Guest, GuestLink
from services.database.outbox import DeliveryStatus, OutboxEmail, add_emails
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.message_ids import message_id_for
from services.domain.recipients import Recipient
from services.domain.todos import Todo


def enqueue_address(work: UnitOfWork, case: Case, guest: Guest, part: str) -> None:
    """Put the email with a one-time address into the outbox: it asks only that they declare (G7).

    The address is made when the email is written, so no row ever holds it.
    """
    about = EmailContext(todo=Todo.DECLARE, part=f"guest:{part}")
    to = Addressee(guest.address, guest=str(guest.person_id))
    post(work, case, EmailTrigger.DECLARATION_NEEDED, about, [(Recipient.ATTENDEES, to)])


def enqueue_guest_code(work: UnitOfWork, case: Case, link: GuestLink) -> None:
    """Put the email with a code into the outbox, to where the address went.

    The code is made when the email is written, so no row ever holds it.
    """
    key = f"{key_stem(case, EmailTrigger.GUEST_CODE, f'{link.id}:{link.codes_asked}')}:{link.id}"
    email = OutboxEmail(
        tenant_id=case.tenant_id,
        case_id=case.id,
        key=key,
        event=EmailTrigger.GUEST_CODE,
        recipient=Recipient.GUEST,
        address=link.address,
        content={"matter": None, "due": None, "todo": None, "guest_link": str(link.id)},
        message_id=message_id_for(work.actor.partnership_id, key),
        delivery=DeliveryStatus.PENDING,
        posted_at=work.now,
    )
    work.session.flush()
    add_emails(work.session, [email])
