"""Every act on the directory, listed once: pages and the command line read this."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from services.casework.commands import Command
from services.casework.directory.contacts import (
    AddContact,
    AnswerContact,
    ChangeContact,
    add_contact,
    answer_contact,
    change_contact,
    end_contact,
)
from services.casework.directory.delegates import RecordDelegation, record_delegation
from services.casework.directory.duty import PutOnDuty, put_on_duty
from services.casework.directory.entries import EndEntry
from services.casework.directory.organisations import (
    AddOrganisation,
    RenameOrganisation,
    add_organisation,
    end_organisation,
    rename_organisation,
)
from services.domain.roles import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryAct:
    """One act: its command, its function, and who may do it.

    All but the first are about an entry, whose id stands before the command.
    """

    name: str
    command: type[Command]
    perform: Callable[..., Any]
    permission: Permission = Permission.CHANGE_DIRECTORY
    is_about_entry: bool = True


ADD_ORGANISATION: Final = DirectoryAct(
    name="add-organisation",
    command=AddOrganisation,
    perform=add_organisation,
    is_about_entry=False,
)
RENAME_ORGANISATION: Final = DirectoryAct(
    name="rename-organisation", command=RenameOrganisation, perform=rename_organisation
)
END_ORGANISATION: Final = DirectoryAct(
    name="end-organisation", command=EndEntry, perform=end_organisation
)
ADD_CONTACT: Final = DirectoryAct(name="add-contact", command=AddContact, perform=add_contact)
CHANGE_CONTACT: Final = DirectoryAct(
    name="change-contact", command=ChangeContact, perform=change_contact
)
END_CONTACT: Final = DirectoryAct(name="end-contact", command=EndEntry, perform=end_contact)
ANSWER_CONTACT: Final = DirectoryAct(
    name="answer-contact",
    command=AnswerContact,
    perform=answer_contact,
    permission=Permission.CONFIRM_DIRECTORY,
)
PUT_ON_DUTY: Final = DirectoryAct(name="put-on-duty", command=PutOnDuty, perform=put_on_duty)
RECORD_DELEGATION: Final = DirectoryAct(
    name="record-delegation", command=RecordDelegation, perform=record_delegation
)
DIRECTORY_ACTS: Final = {
    act.name: act
    for act in (
        ADD_ORGANISATION,
        RENAME_ORGANISATION,
        END_ORGANISATION,
        ADD_CONTACT,
        CHANGE_CONTACT,
        END_CONTACT,
        ANSWER_CONTACT,
        PUT_ON_DUTY,
        RECORD_DELEGATION,
    )
}
