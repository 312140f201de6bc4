"""The entries of the directory, how they ended, who confirmed them, and who it is on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, select

from services.database.directory import (
    Contact,
    ContactConfirmation,
    DirectoryEnding,
    Organisation,
)
from services.domain.directory import ContactRole, ContactStanding, OrganisationKind, Validity
from services.domain.errors import NotFound

NO_ENTRY: Final = "There is no such entry in this partnership's directory."


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    """An organisation's entry, and how it ended if it did."""

    organisation: Organisation
    ending: DirectoryEnding | None

    @property
    def validity(self) -> Validity:
        """Return from when until when it bears this name."""
        last = self.ending.last_day if self.ending else None
        return Validity(self.organisation.valid_from, last)


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """A contact's entry: of which kind of organisation, how it ended, what a second person said."""

    contact: Contact
    kind: OrganisationKind
    ending: DirectoryEnding | None
    confirmation: ContactConfirmation | None

    @property
    def validity(self) -> Validity:
        """Return from when until when the contact holds the post."""
        return Validity(self.contact.valid_from, self.ending.last_day if self.ending else None)

    @property
    def waits(self) -> bool:
        """Tell whether a second person has yet to answer it."""
        return self.kind.takes_two and self.confirmation is None

    @property
    def was_refused(self) -> bool:
        """Tell whether the second person said that the address is wrong."""
        return self.confirmation is not None and not self.confirmation.is_confirmed

    def may_hold_after(self, day: date) -> bool:
        """Tell whether it holds after the day, or will once it is confirmed."""
        last = self.validity.last
        return not self.was_refused and (last is None or last > day)

    def standing(self, day: date) -> ContactStanding:
        """Return how the entry stands on the day."""
        if self.was_refused:
            return ContactStanding.REFUSED
        dated = self.validity.standing(day)
        if self.waits and dated in {ContactStanding.IN_FORCE, ContactStanding.NOT_YET}:
            return ContactStanding.WAITS
        return dated

    def holds(self, day: date) -> bool:
        """Tell whether it is this contact on the day, confirmed where that takes two people."""
        return self.standing(day) is ContactStanding.IN_FORCE


def organisation_entries(session: Session) -> list[OrganisationEntry]:
    """Return every entry of every organisation, by name and first day."""
    question = (
        select(Organisation, DirectoryEnding)
        .join(
            DirectoryEnding,
            col(DirectoryEnding.organisation_entry_id) == col(Organisation.id),
            isouter=True,
        )
        .order_by(col(Organisation.name), col(Organisation.valid_from), col(Organisation.id))
    )
    return [OrganisationEntry(*row) for row in session.exec(question).all()]


def contact_entries(session: Session, *roles: ContactRole) -> list[ContactEntry]:
    """Return every entry of every contact, or of those of these posts, by post and first day."""
    question = (
        select(Contact, Organisation.kind, DirectoryEnding, ContactConfirmation)
        .join(Organisation, col(Organisation.id) == col(Contact.organisation_id))
        .join(DirectoryEnding, col(DirectoryEnding.contact_id) == col(Contact.id), isouter=True)
        .join(
            ContactConfirmation,
            col(ContactConfirmation.contact_id) == col(Contact.id),
            isouter=True,
        )
        .order_by(col(Contact.role), col(Contact.valid_from), col(Contact.holder), col(Contact.id))
    )
    if roles:
        question = question.where(col(Contact.role).in_(roles))
    return [
        ContactEntry(contact, OrganisationKind(kind), ending, confirmation)
        for contact, kind, ending, confirmation in session.exec(question).all()
    ]


def contacts_on(session: Session, on: date, *roles: ContactRole) -> list[Contact]:
    """Return who holds these posts on the day, or any post."""
    return [one.contact for one in contact_entries(session, *roles) if one.holds(on)]


def point_of_contact(session: Session, name: str, on: date) -> Contact | None:
    """Return the single point of contact of the organisation of that name on the day (LC-30).

    It is found by any name that it bore, so that renaming it loses nobody. One that no email
    reaches is none.
    """
    known = ever_named(session, name)
    if not known:
        return None
    found = [
        one
        for one in contacts_on(session, on, ContactRole.POINT_OF_CONTACT)
        if one.organisation_id in known and not one.address.startswith("https://")
    ]
    return max(found, key=lambda one: (one.valid_from, one.added_at), default=None)


def address_of_organisation(session: Session, name: str, on: date) -> str:
    """Return at which email the organisation of that name is reached on the day, if it is known."""
    newest = point_of_contact(session, name, on)
    return newest.address if newest is not None else ""


def ever_addresses_of(session: Session, name: str) -> set[str]:
    """Return every address at which the organisation of that name was ever reached."""
    known = ever_named(session, name)
    entries = contact_entries(session, ContactRole.POINT_OF_CONTACT) if known else []
    return {one.contact.address for one in entries if one.contact.organisation_id in known}


def ever_named(session: Session, name: str) -> set[UUID]:
    """Return the ids of the organisations that bear or bore that name."""
    return {
        one.organisation.organisation_id
        for one in organisation_entries(session)
        if not one.validity.is_void and one.organisation.name.casefold() == name.casefold()
    }


def get_contact(session: Session, contact_id: UUID) -> ContactEntry:
    """Return one contact's entry; another partnership's is simply not found."""
    for one in contact_entries(session):
        if one.contact.id == contact_id:
            return one
    raise NotFound(NO_ENTRY)


def get_organisation(session: Session, entry_id: UUID) -> OrganisationEntry:
    """Return one organisation's entry; another partnership's is simply not found."""
    for one in organisation_entries(session):
        if one.organisation.id == entry_id:
            return one
    raise NotFound(NO_ENTRY)


def of_same_post(entries: Sequence[ContactEntry], entry: ContactEntry) -> list[ContactEntry]:
    """Return every entry of the same post of the same organisation, the newest first day first."""
    post = (entry.contact.organisation_id, entry.contact.role)
    found = [one for one in entries if (one.contact.organisation_id, one.contact.role) == post]
    return sorted(found, key=lambda one: (one.contact.valid_from, one.contact.added_at))[::-1]
