"""Adding an organisation to the directory, renaming it, and ending it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from pydantic import Field

from services.casework.commands import Command, Day, ShortText
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
from services.database.directory import Organisation
from services.database.directory_entries import (
    OrganisationEntry,
    contact_entries,
    get_organisation,
    organisation_entries,
)
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import DirectoryEvent
from services.domain.directory import OrganisationKind, succession
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken


class AddOrganisation(Command):
    """An organisation that has posts by which people are found."""

    kind: OrganisationKind = Field(title="What is it to the partnership?")
    name: ShortText = Field(title="Its name")
    valid_from: Day = Field(title="From which day?")


class RenameOrganisation(Command):
    """An organisation's name from a day on; its contacts and what it is stay."""

    name: ShortText = Field(title="Its new name")
    valid_from: Day | None = Field(
        default=None,
        title="From which day?",
        description="Leave it empty if the name was wrong from the beginning.",
    )
    reasons: ShortText = Field(title="Why does it change?")


def add_organisation(work: UnitOfWork, command: AddOrganisation) -> Organisation:
    """Begin the first entry of an organisation; a name that is there already is refused."""
    begin_change(work)
    form = form_of(command)
    if is_repeated(work, form):
        return work.session.get_one(Organisation, (work.actor.partnership_id, work.once))
    _must_be_new(organisation_entries(work.session), command.name, command.valid_from)
    new_id = work.once or uuid4()
    organisation = Organisation(
        **made_by(work),
        id=new_id,
        organisation_id=new_id,
        kind=command.kind,
        name=command.name,
        valid_from=command.valid_from,
    )
    put_on_record(work, organisation, form, DirectoryEvent.ADDED)
    return organisation


def rename_organisation(work: UnitOfWork, entry_id: UUID, command: RenameOrganisation) -> None:
    """End the entry with the old name and begin one with the new; the contacts stay."""
    begin_change(work)
    form = form_of(command, entry_id)
    if is_repeated(work, form):
        return
    other = get_organisation(work.session, entry_id)
    _must_go_on(other)
    change = succession(other.validity, command.valid_from)
    if change is None:
        raise out_of_order(other.validity)
    _must_be_new(organisation_entries(work.session), command.name, change.begins)
    end_entry(work, other, change.last_of_other, command.reasons, form)
    organisation = Organisation(
        **made_by(work),
        id=work.once or uuid4(),
        organisation_id=other.organisation.organisation_id,
        kind=other.organisation.kind,
        name=command.name,
        valid_from=change.begins,
    )
    put_on_record(work, organisation, form, DirectoryEvent.CHANGED)


def end_organisation(work: UnitOfWork, entry_id: UUID, command: EndEntry) -> None:
    """End an organisation, once none of its contacts goes on after it."""
    begin_change(work)
    form = form_of(command, entry_id)
    if is_repeated(work, form):
        return
    other = get_organisation(work.session, entry_id)
    _must_go_on(other)
    last_day = last_day_of(command, other.validity)
    for one in contact_entries(work.session):
        is_there = one.contact.organisation_id == other.organisation.organisation_id
        if is_there and one.may_hold_after(last_day):
            raise RuleBroken("It has contacts that go on after that day. End them first.")
    end_entry(work, other, last_day, command.reasons, form)


def _must_go_on(entry: OrganisationEntry) -> None:
    if entry.ending is not None:
        raise AlreadyDone(ENDED)


def _must_be_new(known: Iterable[OrganisationEntry], name: str, from_on: date) -> None:
    """Refuse a name that another entry bears on that day or later."""
    for one in known:
        is_same = one.organisation.name.casefold() == name.casefold()
        if is_same and one.validity.reaches(from_on):
            raise AnswerRefused("name", "An organisation of this name is in the directory.")
