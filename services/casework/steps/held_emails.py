"""Letters that only a person can settle: held because nobody knows if they went, or refused."""

from enum import StrEnum

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, LetterChoice, LongText, ShortText
from services.casework.effects.emails import NATIONAL
from services.casework.effects.todos import close_todos, open_todo
from services.database.cases import Case, get_case
from services.database.outbox import FOR_A_PERSON, DeliveryStatus, OutboxEmail, waits_for_a_person
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import Recipient
from services.domain.entry_types import EntryType
from services.domain.errors import AlreadyDone, AnswerRefused, NotFound
from services.domain.identifiers import CaseId
from services.domain.labels import label
from services.domain.roles import Permission
from services.domain.sections import Section
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.mail import one_address


class Settlement(StrEnum):
    """What becomes of a letter that a person has looked at."""

    SEND_AGAIN = "send_again"
    WENT = "went"
    TOLD_OTHERWISE = "told_otherwise"


class SettleLetter(Command):
    """What becomes of a letter that was held or refused; nothing is sent twice by itself (P3)."""

    letter: LetterChoice = Field(title="Which letter?")
    course: Settlement = Field(
        title="What shall become of it?",
        description="Ask the recipient first: it may have arrived.",
    )
    address: ShortText | None = Field(
        default=None,
        title="Another e-mail address, if the one it had was wrong",
        description="Only for sending it again. National bodies have fixed addresses.",
    )
    reasons: LongText = Field(title="How do you know, or why?")


class SettledLetter(Command):
    """What is kept of it: the letter by what it is about, since its id tells a reader nothing."""

    letter: str
    course: Settlement
    address: str | None
    reasons: str


def settle_letter(work: UnitOfWork, case_id: CaseId, command: SettleLetter) -> Case:
    """Send a held or refused letter again, or mark it as sent, with the reason (P3, P11)."""
    case = begin(work, case_id, SETTLE_LETTER, command)
    parcel = work.session.get(OutboxEmail, (case.tenant_id, command.letter), with_for_update=True)
    if parcel is None or parcel.case_id != case.id:
        raise NotFound("There is no such letter on this case.")
    if parcel.delivery not in FOR_A_PERSON:
        raise AlreadyDone("This letter is settled already, or on its way.")
    if command.course is Settlement.SEND_AGAIN:
        _send_again(parcel, command.address)
    else:
        parcel.delivery, parcel.sent_at = DeliveryStatus.SENT, work.now
    work.session.add(parcel)
    kept = SettledLetter(
        letter=told(parcel), course=command.course, address=command.address, reasons=command.reasons
    )
    record_entry_as(work, case, SETTLE_LETTER, command, Entered(kept=kept))
    have_looked_at(work, case_id)
    return case


SETTLE_LETTER = Act(
    name="settle_letter",
    command=SettleLetter,
    perform=settle_letter,
    permission=Permission.SETTLE_EMAILS,
    doing="settle an email",
    stages=frozenset(Stage),
    entry=EntryType.EMAIL_SETTLED,
    kept=SettledLetter,
    todo=Todo.SETTLE_EMAILS,
    is_listed=False,
    section=Section.INTERNAL,
)


def have_looked_at(work: UnitOfWork, case_id: CaseId) -> None:
    """Ask the business manager while letters of the case wait for a person, and no longer."""
    case = get_case(work.session, case_id)
    if waits_for_a_person(work.session, case.id):
        open_todo(work, case, Todo.SETTLE_EMAILS)
    else:
        close_todos(work, case, Todo.SETTLE_EMAILS)


def told(parcel: OutboxEmail) -> str:
    """Say which letter it is: what it is about and for whom, never more."""
    return f"{label(parcel.event)}, to {label(parcel.recipient)}"


def _send_again(parcel: OutboxEmail, address: str | None) -> None:
    if address is not None:
        if Recipient(parcel.recipient) in NATIONAL:
            raise AnswerRefused("address", "A national body's address is not chosen on a case.")
        parcel.address = one_address(address, "address")
    parcel.delivery, parcel.not_before = DeliveryStatus.PENDING, None
