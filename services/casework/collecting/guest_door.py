"""Who without an account is let in at a one-time address: who reads the mailbox it went to.

The address brings a code only to where it went itself, so an email that is passed on opens nothing.
Whatever is wrong, the answer is nothing, as at the door of collections (`door.py`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pydantic import Field

from services.casework.access.learning import takes_part
from services.casework.audit import note_guest
from services.casework.collecting.door import Brought
from services.casework.commands import Command, ShortText
from services.casework.effects.guest_access import guest_named, let_guest_in
from services.casework.effects.guest_emails import enqueue_guest_code
from services.casework.engine.transactions import TransactionContext, as_keyline
from services.database.cases import Case, get_case
from services.database.guests import Guest, GuestLink, get_link
from services.database.partnerships import get_agency
from services.database.unit_of_work import UnitOfWork
from services.database.watch import GuestPlace, guest_link_at
from services.domain.audit import GuestEvent
from services.domain.guests import GUESTS, ComesFor
from services.domain.identifiers import AgencyId, CaseId, PersonId
from services.identity.passwords import Passwords


class SayWhoComes(Command):
    """Who reads and answers for the agency on this case."""

    name: ShortText = Field(title="Your full name")
    post: ShortText = Field(title="Your post", description="Your role in your organisation.")
    telephone: ShortText = Field(title="Your work telephone number")


@dataclass(frozen=True, slots=True)
class Expected:
    """Whom an address lets in: somebody of the agency, or the person whose name it is."""

    reference: str
    partnership: str
    agency: str
    name: str


@dataclass(frozen=True, slots=True)
class LetIn:
    """A person who was let in, and to which case."""

    person_id: PersonId
    case_id: CaseId


@dataclass(frozen=True, slots=True)
class _AtDoor:
    """An address that is open now, locked with its case."""

    work: UnitOfWork
    case: Case
    link: GuestLink = field(repr=False)

    @property
    def named(self) -> Guest | None:
        """Return the guest whom the address is for, where it is for one person."""
        return _named(self.work, self.link)


def place_of_guest(context: TransactionContext, brought: Brought) -> GuestPlace | None:
    """Return which guest's address it is; an address of documents to collect is none."""
    return guest_link_at(context.engine, brought.address_sha256)


def ask_for_code(context: TransactionContext, place: GuestPlace) -> None:
    """Have a code sent to where the address went, if the address is open and none went just now."""
    with _at(context, place) as (work, case, link):
        asked = link.code_asked_at
        is_new = asked is not None and work.now < asked + GUESTS.no_other_within
        if not _is_open(work, case, link) or is_new:
            return
        link.codes_asked += 1
        link.code_asked_at = work.now
        work.session.add(link)
        enqueue_guest_code(work, case, link)
        note_guest(work, link, GuestEvent.CODE_ASKED)


def expected(
    context: TransactionContext, place: GuestPlace, brought: Brought, hashing: Passwords
) -> Expected | None:
    """Return whom the address lets in, if the code is right; this lets nobody in."""
    with _door(context, place, brought, hashing) as opened:
        if opened is None:
            return None
        agency = get_agency(opened.work.session, AgencyId(opened.link.agency_id))
        return Expected(
            reference=opened.case.reference,
            partnership=opened.work.partnership.name,
            agency=agency.name,
            name=opened.named.name if opened.named is not None else "",
        )


def let_in(
    context: TransactionContext,
    place: GuestPlace,
    brought: Brought,
    hashing: Passwords,
    said: SayWhoComes | None,
) -> LetIn | None:
    """Let a person in if the code is right, and record who they are; the code works once.

    Who comes to the agency's own address says who they are. Who was shut out stays so.
    """
    with _door(context, place, brought, hashing) as opened:
        guest = _guest(opened, said) if opened is not None else None
        if opened is None or guest is None or guest.ended_at is not None:
            return None
        work, link = opened.work, opened.link
        guest.closes_on = max(guest.closes_on, link.closes_on)
        guest.entered_at = work.now
        link.code_hash = ""
        work.session.add(link)
        let_guest_in(work, guest)
        note_guest(work, link, GuestEvent.LET_IN, guest)
        return LetIn(PersonId(guest.person_id), CaseId(opened.case.id))


@contextmanager
def _at(
    context: TransactionContext, place: GuestPlace
) -> Iterator[tuple[UnitOfWork, Case, GuestLink]]:
    """Open a transaction with the case and the address locked, the case first as acts do."""
    with as_keyline(context, place.partnership_id) as work:
        case = get_case(work.session, place.case_id, for_change=True)
        yield work, case, get_link(work.session, place.link_id)


@contextmanager
def _door(
    context: TransactionContext, place: GuestPlace, brought: Brought, hashing: Passwords
) -> Iterator[_AtDoor | None]:
    """Open the address for one transaction if the code is right; a wrong code is counted."""
    with _at(context, place) as (work, case, link):
        takes = _is_open(work, case, link) and link.takes_code(work.now)
        is_right = hashing.is_right(brought.code, link.code_hash if takes else None)
        if takes and not is_right:
            _count_wrong(work, link)
        yield _AtDoor(work, case, link) if is_right else None


def _is_open(work: UnitOfWork, case: Case, link: GuestLink) -> bool:
    """Tell whether it lets anybody in; a practitioner only while they take part in the event."""
    if not link.is_open(work.today):
        return False
    guest = _named(work, link)
    if guest is not None and guest.comes_for is ComesFor.LEARNING_EVENT:
        return takes_part(work, case, guest)
    return guest is None or guest.ended_at is None


def _named(work: UnitOfWork, link: GuestLink) -> Guest | None:
    if link.guest_id is None:
        return None
    return work.session.get_one(Guest, (link.tenant_id, link.guest_id))


def _count_wrong(work: UnitOfWork, link: GuestLink) -> None:
    """Count a wrong code; after the last one another code has to be asked for."""
    link.wrong_codes += 1
    event = GuestEvent.CODE_REFUSED
    if link.wrong_codes >= GUESTS.wrong_codes:
        link.code_hash, event = "", GuestEvent.CODE_ENDED
    work.session.add(link)
    note_guest(work, link, event)


def _guest(opened: _AtDoor, said: SayWhoComes | None) -> Guest | None:
    """Return the guest: the named one, who came before under that name, or a new one."""
    work, link = opened.work, opened.link
    if opened.named is not None or said is None:
        return opened.named
    guest = guest_named(work, opened.case, link.agency_id, link.address, said.name)
    if guest.ended_at is None:  # nothing of who was shut out is changed
        guest.post, guest.telephone = said.post, said.telephone
        work.session.add(guest)
    return guest
