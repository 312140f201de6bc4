"""Who is written to when something has happened: one email for each address (E-04, P3)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from services.casework.alerts import alert_unless_waiting
from services.casework.effects.addressees import OF_DIRECTORY, Addressee, Declared, is_held
from services.casework.effects.email_holding import hold_back
from services.casework.effects.email_recipients import (
    NATIONAL,
    WITHOUT_DECLARATION,
    EmailContext,
    addressees,
)
from services.database.cases import Case
from services.database.outbox import DeliveryStatus, OutboxEmail, add_emails
from services.database.people import people_of
from services.database.unit_of_work import UnitOfWork
from services.domain.alerts import AlertCode
from services.domain.email_classes import EmailClass
from services.domain.emails import EmailTrigger
from services.domain.message_ids import message_id_for
from services.domain.recipients import Recipient
from services.domain.todos import Todo


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailCopy:
    """One email to one addressee: what happened, who is written to where, what else it holds.

    ``part`` tells the occasions of an event apart, ``addressee`` the copies of one occasion.
    """

    event: EmailTrigger
    part: str
    recipient: Recipient
    addressee: str
    address: str = ""
    content: Mapping[str, object] = field(default_factory=dict)


def enqueue_email(
    work: UnitOfWork, case: Case, event: EmailTrigger, about: EmailContext | None = None
) -> None:
    """Put one email for each recipient of the event into the outbox, with this act."""
    enqueue_email_to(work, case, event, event.sending.recipients, about or EmailContext())


def enqueue_email_to(
    work: UnitOfWork,
    case: Case,
    event: EmailTrigger,
    recipients: Iterable[Recipient],
    about: EmailContext,
) -> None:
    """Put one email for each of these recipients into the outbox.

    Where one of them is a post that nobody holds, the manager is alerted: nobody was written to.
    """
    asked = tuple(recipients)
    post(work, case, event, about, copies_to(work, case, asked, about))
    declared = Declared.on(work, case)
    if any(not is_held(work, one, about.agency_id, declared) for one in asked):
        alert_unless_waiting(work, AlertCode.POST_NOT_HELD, case.id)


def copies_to(
    work: UnitOfWork, case: Case, recipients: Iterable[Recipient], about: EmailContext
) -> list[tuple[Recipient, Addressee]]:
    """Return whom an email to these recipients reaches, each address once."""
    declared = Declared.on(work, case)
    return [
        (recipient, to)
        for recipient in recipients
        for to in sorted(set(addressees(work, case, recipient, about, declared)))
    ]


def enqueue_to_people(
    work: UnitOfWork,
    case: Case,
    event: EmailTrigger,
    about: EmailContext,
    people: Collection[UUID],
) -> None:
    """Put an email of the event for each of these people into the outbox, with this act."""
    post(work, case, event, about, copies_of_people(work, case, people))


def copies_of_people(
    work: UnitOfWork, case: Case, people: Collection[UUID]
) -> list[tuple[Recipient, Addressee]]:
    """Return whom of these people an email in their own person reaches."""
    found = sorted(set(Declared.on(work, case).people(people_of(work.session, people))))
    return [(Recipient.ATTENDEES, to) for to in found]


def post(
    work: UnitOfWork,
    case: Case,
    event: EmailTrigger,
    about: EmailContext,
    to: Iterable[tuple[Recipient, Addressee]],
) -> None:
    """Put the event's email to each of these addresses into the outbox, with this act."""
    emails = [row_for(work, case, event, about, one) for one in to]
    hold_back(work, emails)
    add_emails(work.session, emails)


def row_for(
    work: UnitOfWork,
    case: Case,
    event: EmailTrigger,
    about: EmailContext,
    to: tuple[Recipient, Addressee],
) -> OutboxEmail:
    """Return the event's email to this address as it stands in the outbox once it is posted.

    Who has yet to declare gets the one that says only that.
    """
    return _outbox_email(work, case, *_told(event, about, *to), to)


def _told(
    event: EmailTrigger, about: EmailContext, recipient: Recipient, to: Addressee
) -> tuple[EmailTrigger, EmailContext]:
    """Tell a person who has yet to declare only that: no step, no date, no task (LC-01, G7).

    They are told once a case, again with each reminder, and for what they are told by their post of
    the directory. Who is called as on duty is told that they are, and nothing of why (NOT-07).
    Who never opens a case is told all: it is the reference, the duty and its day.
    """
    if to.may_open or recipient in WITHOUT_DECLARATION:
        return event, about
    is_post = recipient is Recipient.ON_DUTY or recipient in OF_DIRECTORY
    again = event.sending.delivery is EmailClass.REMINDER or is_post
    part = _undeclared_part(event, about.part) if again else ""
    is_call = recipient is Recipient.ON_DUTY
    instead = EmailTrigger.ON_DUTY_TO_DECLARE if is_call else EmailTrigger.DECLARATION_NEEDED
    return instead, EmailContext(todo=Todo.DECLARE, part=part)


def key_stem(case: Case, event: EmailTrigger, part: str) -> str:
    """Return what the keys of an email's copies begin with; the addressee makes each one."""
    return f"{case.tenant_id}:{case.id}:{event}:{part}"


def undeclared_stem(case: Case, event: EmailTrigger, part: str) -> str:
    """Return the stem of the email that a person who has yet to declare gets in its place."""
    return key_stem(case, EmailTrigger.DECLARATION_NEEDED, _undeclared_part(event, part))


def _undeclared_part(event: EmailTrigger, part: str) -> str:
    return f"{event}:{part}"


def _addressee(to: Addressee) -> str:
    """Return what tells the copies of an email apart: a guest, an agency, or an address."""
    return to.guest or (f"{to.address} of {to.guest_of}" if to.guest_of else to.address)


def _outbox_email(
    work: UnitOfWork,
    case: Case,
    event: EmailTrigger,
    about: EmailContext,
    to: tuple[Recipient, Addressee],
) -> OutboxEmail:
    recipient, told = to
    content: dict[str, Any] = {"matter": about.matter, "todo": about.todo}
    if about.due is not None:
        content["due"] = about.due.isoformat()
    if about.invitation is not None:
        content["invitation"] = about.invitation.as_json()
    if told.guest or told.guest_of:
        content["guest"], content["guest_of"] = told.guest, told.guest_of
    copy = EmailCopy(
        event=event,
        part=about.part,
        recipient=recipient,
        addressee=recipient.value if recipient in NATIONAL else _addressee(told),
        address=told.address,
        content=content,
    )
    return outbox_row(work, case, copy)


def put_copy(work: UnitOfWork, case: Case, copy: EmailCopy) -> None:
    """Put one email into the outbox, unless one with its key is there already."""
    work.session.flush()
    add_emails(work.session, [outbox_row(work, case, copy)])


def outbox_row(work: UnitOfWork, case: Case, copy: EmailCopy) -> OutboxEmail:
    """Return the outbox's row of an email: its key, and by that its Message-ID, stay the same."""
    key = f"{key_stem(case, copy.event, copy.part)}:{copy.addressee}"
    return OutboxEmail(
        tenant_id=case.tenant_id,
        case_id=case.id,
        key=key,
        event=copy.event,
        recipient=copy.recipient,
        address=copy.address,
        content={"matter": None, "due": None, "todo": None} | dict(copy.content),
        message_id=message_id_for(work.actor.partnership_id, key),
        delivery=DeliveryStatus.PENDING,
        posted_at=work.now,
    )
