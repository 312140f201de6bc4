"""Letters that only a person can settle: held because nobody knows if they went, or refused."""

from enum import StrEnum

from pydantic import Field

from services.casework.acting import begin, record
from services.casework.assigning import ask, done
from services.casework.posting import NATIONAL
from services.casework.words import LetterChoice, LongText, ShortText, Words
from services.database.cases import Case, get_case
from services.database.outbox import FOR_A_PERSON, Delivery, Parcel, waits_for_a_person
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AlreadyDone, AnswerRefused, NotFound
from services.domain.history import Happened
from services.domain.identifiers import CaseId
from services.domain.letters import Recipient
from services.domain.roles import Permission
from services.domain.todo import Todo
from services.mail import one_address


class Course(StrEnum):
    """What becomes of a letter that a person has looked at."""

    SEND_AGAIN = "send it again"
    WENT = "it arrived: mark it as sent"
    TOLD_OTHERWISE = "they were told another way: mark it as sent"


class SettleLetter(Words):
    """What becomes of a letter that was held or refused; nothing is sent twice by itself (P3)."""

    letter: LetterChoice = Field(title="Which letter?")
    course: Course = Field(
        title="What shall become of it?",
        description="Ask the recipient first: it may have arrived.",
    )
    address: ShortText | None = Field(
        default=None,
        title="Another e-mail address, if the one it had was wrong",
        description="Only for sending it again. National bodies have fixed addresses.",
    )
    reasons: LongText = Field(title="How do you know, or why?")


class SettledLetter(Words):
    """What is kept of it: the letter by what it is about, since its id tells a reader nothing."""

    letter: str
    course: Course
    address: str | None
    reasons: str


def settle_letter(work: UnitOfWork, case_id: CaseId, words: SettleLetter) -> Case:
    """Send a held or refused letter again, or mark it as sent, with the reason (P3, P11)."""
    case = begin(work, case_id, Permission.SETTLE_LETTERS)
    parcel = work.session.get(Parcel, (case.tenant_id, words.letter), with_for_update=True)
    if parcel is None or parcel.case_id != case.id:
        raise NotFound("There is no such letter on this case.")
    if parcel.delivery not in FOR_A_PERSON:
        raise AlreadyDone("This letter is settled already, or on its way.")
    if words.course is Course.SEND_AGAIN:
        _send_again(parcel, words.address)
    else:
        parcel.delivery, parcel.sent_at = Delivery.SENT, work.now
    work.session.add(parcel)
    kept = SettledLetter(
        letter=told(parcel), course=words.course, address=words.address, reasons=words.reasons
    )
    record(work, case, Happened.LETTER_SETTLED, kept)
    have_looked_at(work, case_id)
    return case


def have_looked_at(work: UnitOfWork, case_id: CaseId) -> None:
    """Ask the business manager while letters of the case wait for a person, and no longer."""
    case = get_case(work.session, case_id)
    if waits_for_a_person(work.session, case.id):
        ask(work, case, Todo.SETTLE_LETTERS)
    else:
        done(work, case, Todo.SETTLE_LETTERS)


def told(parcel: Parcel) -> str:
    """Say which letter it is: what it is about and for whom, never more."""
    return f"{parcel.event}, to {parcel.recipient}"


def _send_again(parcel: Parcel, address: str | None) -> None:
    if address is not None:
        if Recipient(parcel.recipient) in NATIONAL:
            raise AnswerRefused("address", "A national body's address is not chosen on a case.")
        parcel.address = one_address(address, "address")
    parcel.delivery, parcel.not_before = Delivery.PENDING, None
