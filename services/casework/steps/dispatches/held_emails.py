"""Emails that only a person can settle: held because nobody knows if they went, or refused."""

from enum import StrEnum

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, EmailChoice, LongText, ShortText
from services.casework.effects import close_todos, open_todo
from services.casework.steps.dispatches.addresses_on_record import must_be_on_record
from services.casework.steps.dispatches.dispatch_said import settle_held
from services.database.cases import Case, get_case
from services.database.outbox import DeliveryStatus, OutboxEmail, waits_for_a_person
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AlreadyDone, NotFound
from services.domain.identifiers import CaseId
from services.domain.labels import label
from services.domain.recipients import Recipient
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.mail import one_address


class Settlement(StrEnum):
    """What becomes of an email that a person has looked at."""

    SEND_AGAIN = "send_again"
    WENT = "went"
    TOLD_OTHERWISE = "told_otherwise"


class SettleEmail(Command):
    """What becomes of an email that was held or refused; nothing is sent twice by itself (P3)."""

    email: EmailChoice = Field(title="Which email?")
    course: Settlement = Field(
        title="What shall become of it?",
        description="Ask the recipient first: it may have arrived.",
    )
    address: ShortText | None = Field(
        default=None,
        title="Another e-mail address, if the one it had was wrong",
        description="Only for sending it again, and one that is on record for the recipient.",
    )
    reasons: LongText = Field(title="How do you know, or why?")


class SettledEmail(Command):
    """What is kept of it: the email by what it is about, since its id tells a reader nothing."""

    event: EmailTrigger = Field(title="Which email?")
    recipient: Recipient = Field(title="To whom?")
    course: Settlement = Field(title="What became of it?")
    address: str | None = Field(title="To which other address?")
    reasons: str = Field(title="How do you know, or why?")


def settle_email(work: UnitOfWork, case_id: CaseId, command: SettleEmail) -> Case:
    """Send a held or refused email again, or mark it as sent, with the reason (P3, P11)."""
    case = begin(work, case_id, SETTLE_EMAIL, command)
    email = work.session.get(OutboxEmail, (case.tenant_id, command.email), with_for_update=True)
    if email is None or email.case_id != case.id:
        raise NotFound("There is no such email on this case.")
    if not email.is_for_a_person:
        raise AlreadyDone("This email is settled already, or on its way.")
    if command.course is Settlement.SEND_AGAIN:
        _send_again(work, case, email, command.address)
        work.session.add(email)
    else:
        email.delivery, email.sent_at = DeliveryStatus.SENT, work.now
        work.session.add(email)
        settle_held(work, case, email, arrived=command.course is Settlement.WENT)
    kept = SettledEmail(
        event=email.event,
        recipient=email.recipient,
        course=command.course,
        address=command.address,
        reasons=command.reasons,
    )
    entered = Entered(subject=str(email.id), kept=kept)
    record_entry_as(work, case, SETTLE_EMAIL, command, entered)
    have_looked_at(work, case_id)
    return case


SETTLE_EMAIL = Act(
    name="settle_email",
    command=SettleEmail,
    which="email",
    perform=settle_email,
    permission=Permission.SETTLE_EMAILS,
    doing="settle an email",
    stages=frozenset(Stage),
    entry=EntryType.EMAIL_SETTLED,
    kept=SettledEmail,
    todo=Todo.SETTLE_EMAILS,
    is_listed=False,
    section=Section.INTERNAL,
)


def have_looked_at(work: UnitOfWork, case_id: CaseId) -> None:
    """Ask the business manager while emails of the case wait for a person, and no longer."""
    case = get_case(work.session, case_id)
    if waits_for_a_person(work.session, case.id):
        open_todo(work, case, Todo.SETTLE_EMAILS)
    else:
        close_todos(work, case, Todo.SETTLE_EMAILS)


def told(email: OutboxEmail) -> str:
    """Say which email it is: what it is about and for whom, never more."""
    return f"{label(email.event)}, to {label(email.recipient)}"


def _send_again(work: UnitOfWork, case: Case, email: OutboxEmail, address: str | None) -> None:
    """Have the email sent again, to another address only where that one is on record."""
    if address is not None:
        chosen = one_address(address, "address")
        must_be_on_record(work, case, email, chosen)
        email.address = chosen
    email.delivery, email.not_before = DeliveryStatus.PENDING, None
