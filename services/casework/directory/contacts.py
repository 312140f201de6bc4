"""Adding a contact to the directory, changing it, ending it, and confirming its address."""

from datetime import date
from typing import TypedDict
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from pydantic import Field

from services.casework.commands import Command, Day, ShortText, YesNo
from services.casework.directory.entries import (
    ENDED,
    EndEntry,
    begin_change,
    end_entry,
    form_of,
    is_repeated,
    last_day_of,
    made_by,
    out_of_order,
    put_on_record,
)
from services.casework.second_person import answered_before
from services.database.directory import Contact, ContactConfirmation
from services.database.directory_entries import (
    ContactEntry,
    contact_entries,
    get_contact,
    get_organisation,
    organisation_entries,
)
from services.database.partnerships import lock_partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import DirectoryEvent
from services.domain.directory import A_DAY, ContactRole, succession
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken
from services.domain.roles import Permission
from services.mail import one_address

_ANSWERS = {
    True: DirectoryEvent.CONFIRMED,
    False: DirectoryEvent.REFUSED,
}


class ContactDetails(Command):
    """Who holds a post, and the address at which they are written to."""

    holder: ShortText = Field(title="Name, or name of the post")
    address: ShortText = Field(
        title="Work address",
        description="An email address, or the web address of a portal. No private one.",
    )
    telephone: ShortText | None = Field(
        default=None,
        title="Telephone",
        description="With its hours, if it is the business unit's: it stands under Help.",
    )
    verified_by: ShortText = Field(
        title="Who verified the address, and how?",
        description="For example: rang the switchboard and asked for it.",
    )
    verified_on: Day = Field(title="When was it verified?")


class AddContact(ContactDetails):
    """A contact of an organisation, from a day on."""

    role: ContactRole = Field(title="Which post?")
    valid_from: Day = Field(title="From which day?")


class ChangeContact(ContactDetails):
    """Who holds the post instead, or how they are reached now: the old entry ends."""

    valid_from: Day | None = Field(
        default=None,
        title="From which day?",
        description="Leave it empty if the old entry was wrong from its beginning: it stays on "
        "record as one that never held.",
    )
    reasons: ShortText = Field(title="Why does it change?")


class AnswerContact(Command):
    """What a second person says of an address of a national or an outside body."""

    is_confirmed: YesNo = Field(
        title="Is this address right?",
        description="Ask the body itself, at a number that you found by yourself.",
    )
    grounds: ShortText = Field(title="How do you know?")


class _Details(TypedDict):
    holder: str
    address: str
    telephone: str
    verified_by: str
    verified_on: date


def add_contact(work: UnitOfWork, entry_id: UUID, command: AddContact) -> Contact:
    """Begin an entry for a post of the organisation."""
    begin_change(work)
    form = form_of(command, entry_id)
    if is_repeated(work, form):
        return work.session.get_one(Contact, (work.actor.partnership_id, work.once))
    organisation = get_organisation(work.session, entry_id).organisation
    _must_be_there(work, organisation.organisation_id, command.valid_from)
    contact = Contact(
        **made_by(work),
        **_details(work, command),
        id=work.once or uuid4(),
        organisation_id=organisation.organisation_id,
        role=command.role,
        valid_from=command.valid_from,
    )
    put_on_record(work, contact, form, DirectoryEvent.ADDED)
    return contact


def change_contact(work: UnitOfWork, contact_id: UUID, command: ChangeContact) -> None:
    """Begin an entry in the place of another, which ends now, or once the new one is confirmed."""
    begin_change(work)
    form = form_of(command, contact_id)
    if is_repeated(work, form):
        return
    other = get_contact(work.session, contact_id)
    _must_go_on(work, other)
    if other.waits:
        raise RuleBroken("It waits for a second person. End it, and enter it again.")
    change = succession(other.validity, command.valid_from)
    if change is None:
        raise out_of_order(other.validity)
    if not other.kind.takes_two:
        end_entry(work, other, change.last_of_other, command.reasons, form)
    contact = Contact(
        **made_by(work),
        **_details(work, command),
        id=work.once or uuid4(),
        organisation_id=other.contact.organisation_id,
        role=other.contact.role,
        valid_from=change.begins,
        replaces=other.contact.id,
        reasons=command.reasons,
    )
    put_on_record(work, contact, form, DirectoryEvent.CHANGED)


def end_contact(work: UnitOfWork, contact_id: UUID, command: EndEntry) -> None:
    """End an entry in whose place no other comes."""
    begin_change(work)
    form = form_of(command, contact_id)
    if is_repeated(work, form):
        return
    other = get_contact(work.session, contact_id)
    _must_go_on(work, other)
    end_entry(work, other, last_day_of(command, other.validity), command.reasons, form)


def answer_contact(work: UnitOfWork, contact_id: UUID, command: AnswerContact) -> None:
    """Confirm or refuse an address as a second person; what it takes the place of ends then."""
    work.actor.must(Permission.CONFIRM_DIRECTORY)
    lock_partnership(work.session)
    form = form_of(command, contact_id)
    if is_repeated(work, form):
        return
    entry = get_contact(work.session, contact_id)
    contact = entry.contact
    if entry.confirmation is not None:
        by, at = entry.confirmation.confirmed_by, entry.confirmation.confirmed_at
        is_yes = entry.confirmation.is_confirmed
        raise answered_before(work, "This address", by, at, is_approved=is_yes)
    if not entry.waits or entry.ending is not None:
        raise RuleBroken("This entry does not wait for a second person.")
    if contact.added_by == work.actor.person_id:
        raise AnswerRefused("is_confirmed", "Another person answers it: you made this entry.")
    confirmation = ContactConfirmation(
        tenant_id=contact.tenant_id,
        id=work.once or uuid4(),
        contact_id=contact.id,
        added_by=contact.added_by,
        is_confirmed=command.is_confirmed,
        grounds=command.grounds,
        confirmed_by=work.actor.person_id,
        confirmed_at=work.now,
    )
    put_on_record(work, confirmation, form, _ANSWERS[command.is_confirmed])
    if command.is_confirmed and contact.replaces is not None:
        other = get_contact(work.session, contact.replaces)
        end_entry(work, other, contact.valid_from - A_DAY, contact.reasons, form)


def _must_go_on(work: UnitOfWork, entry: ContactEntry) -> None:
    """Refuse an entry that ended, was refused, or is being changed by two people."""
    if entry.ending is not None or entry.was_refused:
        raise AlreadyDone(ENDED)
    for one in contact_entries(work.session):
        if one.contact.replaces == entry.contact.id and one.waits and one.ending is None:
            raise AlreadyDone("A change of this entry waits for a second person.")


def _must_be_there(work: UnitOfWork, organisation_id: UUID, on: date) -> None:
    """Refuse a first day on which the directory has no such organisation."""
    for one in organisation_entries(work.session):
        if one.organisation.organisation_id == organisation_id and one.validity.covers(on):
            return
    raise AnswerRefused("valid_from", "The organisation is not in the directory on that day.")


def _details(work: UnitOfWork, command: ContactDetails) -> _Details:
    if command.verified_on > work.today:
        raise AnswerRefused("verified_on", "It cannot have been verified in the future.")
    return _Details(
        holder=command.holder,
        address=_address(command.address),
        telephone=command.telephone or "",
        verified_by=command.verified_by,
        verified_on=command.verified_on,
    )


def _address(said: str) -> str:
    """Return the one address of an email, or that of a portal."""
    if not said.startswith("https://"):
        return one_address(said, "address")
    try:
        host = urlsplit(said).hostname
    except ValueError:
        host = None
    if not host or " " in said:
        raise AnswerRefused("address", "Enter the web address in full, like https://example.org.")
    return said
