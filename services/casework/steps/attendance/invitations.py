"""The invitation to the meeting as each person's calendar holds it: sent, renewed, taken back.

One invitation has one UID; each newer one has a higher SEQUENCE. Who holds one is read from the
outbox, so that what was sent can be taken back, whoever is on the list by then.
"""

from collections.abc import Collection
from datetime import date
from typing import Final
from uuid import UUID

from services.casework.effects import EmailContext, enqueue_to_people, open_todo
from services.casework.effects.addressees import Addressee, Declared
from services.casework.effects.email_recipients import addressees
from services.casework.effects.emails import post
from services.database.attendance import named_attendees
from services.database.cases import Case
from services.database.history import Entry, EntryPlace, last_fact, newest_place
from services.database.outbox import OutboxEmail, case_emails
from services.database.people import with_addresses
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.invitations import Invitation
from services.domain.recipients import Recipient
from services.domain.todos import Todo
from services.domain.working_days import london_date

_OF_THE_MEETING: Final = (EmailTrigger.MEETING_SET, EmailTrigger.MEETING_CANCELLED)


def renew_invitations(work: UnitOfWork, case: Case, entry: Entry) -> None:
    """Send everybody who is invited the meeting as the entry sets it."""
    _send(work, case, entry)
    _take_back(work, case, entry, [one.guest or one.address for one in _invited(work, case)])


def ask_who_attends(work: UnitOfWork, case: Case, day: date) -> None:
    """Ask the manager to name who attends, by the day of the meeting, where nobody is (RR-42)."""
    if not named_attendees(work.session, case.id):
        open_todo(work, case, Todo.NAME_ATTENDEES, last_day=day)


def fit_invitations(work: UnitOfWork, case: Case, entry: Entry) -> None:
    """Send the invitation to those who hold none yet, and take back those of others."""
    if is_to_come(work, case):
        _send(work, case, entry, unless=holders(work, case))
        _take_back(work, case, entry, [one.guest or one.address for one in _invited(work, case)])


def withdraw_invitations(work: UnitOfWork, case: Case) -> None:
    """Take back every invitation, once the act that ends the meeting is on record."""
    _take_back(work, case, newest_place(work.session, case.id), still_invited=())


def invite_on_declaring(work: UnitOfWork, case: Case, entry: Entry, person_id: UUID) -> None:
    """Send the invitation to whoever is named, and whom the case is open to from now on (G7)."""
    if person_id in named_attendees(work.session, case.id) and is_to_come(work, case):
        about = _about(work, case, entry)
        enqueue_to_people(work, case, EmailTrigger.MEETING_SET, about, (person_id,))


def is_to_come(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a meeting is set here and not held yet."""
    if case.meeting_at is None or case.met_on is not None:
        return False
    return last_fact(work.session, case.id, EntryType.MEETING_SET) is not None


def holders(work: UnitOfWork, case: Case) -> dict[str, OutboxEmail]:
    """Return the email with the newest invitation of each who holds one, by whom it reached.

    A guest is known by their id, since several may read one mailbox; others by their address.
    """
    told = [
        one
        for one in case_emails(work.session, case.id)
        if one.event in _OF_THE_MEETING and "invitation" in one.content
    ]
    held: dict[str, OutboxEmail] = {}
    for one in sorted(told, key=lambda each: int(each.content["invitation"]["sequence"])):
        if one.event is EmailTrigger.MEETING_CANCELLED:
            held.pop(_reached(one), None)
        else:
            held[_reached(one)] = one
    return held


def _reached(email: OutboxEmail) -> str:
    return email.content.get("guest") or email.address


def _invited(work: UnitOfWork, case: Case) -> list[Addressee]:
    declared = Declared.on(work, case)
    return sorted(set(addressees(work, case, Recipient.INVITED, EmailContext(), declared)))


def _send(work: UnitOfWork, case: Case, entry: Entry, unless: Collection[str] = ()) -> None:
    asked = [one for one in _invited(work, case) if (one.guest or one.address) not in unless]
    to = [(Recipient.INVITED, one) for one in asked]
    post(work, case, EmailTrigger.MEETING_SET, _about(work, case, entry), to)


def _take_back(
    work: UnitOfWork, case: Case, entry: Entry | EntryPlace, still_invited: Collection[str]
) -> None:
    """Take back what others hold; a person with a conflict is written to about nothing (LC-02)."""
    held = holders(work, case)
    gone = [one for reached, one in held.items() if reached not in still_invited]
    if not gone:
        return
    closed = _closed_to(work, case, [one.address for one in gone])
    about = _about(work, case, entry, is_cancelled=True)
    to = [(one.recipient, _as_before(one)) for one in gone if one.address not in closed]
    post(work, case, EmailTrigger.MEETING_CANCELLED, about, to)


def _as_before(email: OutboxEmail) -> Addressee:
    """Return whom the email reached: who has no account gets no link to a page that needs one."""
    guest, guest_of = email.content.get("guest", ""), email.content.get("guest_of", "")
    return Addressee(email.address, guest=guest, guest_of=guest_of)


def _closed_to(work: UnitOfWork, case: Case, addresses: Collection[str]) -> set[str]:
    people = with_addresses(work.session, addresses)
    open_to = {one.address for one in Declared.on(work, case).people(people)}
    return {one.email for one in people} - open_to


def _about(
    work: UnitOfWork, case: Case, entry: Entry | EntryPlace, *, is_cancelled: bool = False
) -> EmailContext:
    """Say what the invitation is about; when and where is read from the entry that set it."""
    set_by = last_fact(work.session, case.id, EntryType.MEETING_SET)
    assert set_by is not None  # noqa: S101 - a meeting was set
    day = london_date(case.meeting_at) if case.meeting_at and not is_cancelled else None
    return EmailContext(
        matter=EmailMatter.HOLD_MEETING,
        due=day,
        part=str(entry.number),
        invitation=Invitation(set_by.number, entry.number, is_cancelled),
    )
