"""The form of each act on the directory: its address, what it is about, and with what it opens."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.casework.commands import Command
from services.casework.directory import acts
from services.casework.directory.acts import DirectoryAct
from services.database.directory_entries import get_contact, get_organisation
from services.database.unit_of_work import UnitOfWork
from services.domain.plain_text import capital
from services.web.view_models.delegates import delegate_name
from services.web.view_models.directory import contact_name, organisation_name


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryForm:
    """One form; an entry that is not there is not found when it is said what the form is about."""

    act: DirectoryAct
    path: str
    title: str
    button: str
    about: Callable[[UnitOfWork, UUID], str]
    prefill: Callable[[UnitOfWork, UUID], Command] | None = None


class ContactOnRecord(Command):
    """What a form to change a contact opens with."""

    holder: str
    address: str
    telephone: str | None


def _organisation(work: UnitOfWork, entry_id: UUID) -> str:
    return get_organisation(work.session, entry_id).organisation.name


def _contact(work: UnitOfWork, contact_id: UUID) -> str:
    """Say which contact of which organisation, at which address."""
    entry = get_contact(work.session, contact_id)
    where = organisation_name(work, entry.contact.organisation_id)
    return f"{where}. {capital(contact_name(entry))}, {entry.contact.address}"


def _as_it_is(work: UnitOfWork, contact_id: UUID) -> Command:
    """Return the contact as it is: what stays the same need not be typed again.

    Who verified the new address, and when, is asked afresh.
    """
    contact = get_contact(work.session, contact_id).contact
    return ContactOnRecord(
        holder=contact.holder, address=contact.address, telephone=contact.telephone or None
    )


ADD_ORGANISATION: Final = DirectoryForm(
    act=acts.ADD_ORGANISATION,
    path="organisations/add",
    title="Add an organisation",
    button="Add",
    about=lambda _work, _entry_id: "",
)
FORMS: Final = (
    DirectoryForm(
        act=acts.RENAME_ORGANISATION,
        path="organisations/{entry_id}/rename",
        title="Rename an organisation",
        button="Save",
        about=_organisation,
    ),
    DirectoryForm(
        act=acts.END_ORGANISATION,
        path="organisations/{entry_id}/end",
        title="End an organisation",
        button="End it",
        about=_organisation,
    ),
    DirectoryForm(
        act=acts.ADD_CONTACT,
        path="organisations/{entry_id}/contacts/add",
        title="Add a contact",
        button="Add",
        about=_organisation,
    ),
    DirectoryForm(
        act=acts.CHANGE_CONTACT,
        path="contacts/{entry_id}/change",
        title="Change a contact",
        button="Save",
        about=_contact,
        prefill=_as_it_is,
    ),
    DirectoryForm(
        act=acts.END_CONTACT,
        path="contacts/{entry_id}/end",
        title="End a contact",
        button="End it",
        about=_contact,
    ),
    DirectoryForm(
        act=acts.ANSWER_CONTACT,
        path="contacts/{entry_id}/answer",
        title="Confirm an address",
        button="Save",
        about=_contact,
    ),
    DirectoryForm(
        act=acts.RECORD_DELEGATION,
        path="delegates/{entry_id}/authority",
        title="Record what a delegate may decide",
        button="Save",
        about=delegate_name,
    ),
    DirectoryForm(
        act=acts.PUT_ON_DUTY,
        path="contacts/{entry_id}/duty",
        title="Put a contact on duty",
        button="Save",
        about=_contact,
    ),
)
