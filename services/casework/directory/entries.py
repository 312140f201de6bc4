"""What the acts on the directory have in common: who made an entry, and how one ends."""

from datetime import date, datetime
from typing import Final, TypedDict
from uuid import UUID, uuid4, uuid5

from pydantic import Field

from services.casework.audit import note_row
from services.casework.commands import Command, Day, ShortText
from services.casework.form_keys import form_digest, is_same_form
from services.database.directory import DirectoryEnding, DirectoryRow, form_that_made
from services.database.directory_entries import ContactEntry, OrganisationEntry
from services.database.partnerships import lock_partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import DirectoryEvent
from services.domain.directory import A_DAY, Validity
from services.domain.errors import AnswerRefused
from services.domain.plain_dates import day_month_year
from services.domain.roles import Permission

ENDED: Final = "This entry has ended, or has been changed already. Look at the directory again."


class EndEntry(Command):
    """The last day of an entry in whose place no other comes."""

    last_day: Day | None = Field(
        default=None,
        title="Which is its last day?",
        description="Leave it empty if the entry was wrong from its beginning: it stays on record "
        "as one that never held.",
    )
    reasons: ShortText = Field(title="Why does it end?")


class Maker(TypedDict):
    """Whose entry it is, who made it and when."""

    tenant_id: UUID
    added_by: UUID
    added_at: datetime


def begin_change(work: UnitOfWork) -> None:
    """Refuse who may not change the directory, and wait for whoever changes it now."""
    work.actor.must(Permission.CHANGE_DIRECTORY)
    lock_partnership(work.session)


def made_by(work: UnitOfWork) -> Maker:
    """Return whose entry it is and who makes it."""
    return Maker(
        tenant_id=work.actor.partnership_id, added_by=work.actor.person_id, added_at=work.now
    )


def form_of(command: Command, entry_id: UUID | None = None) -> str:
    """Return the digest of what was posted and the entry it is about.

    The name of the command is that of the act; the two acts that share one differ in the entry.
    """
    return form_digest(type(command).__name__, command, entry_id)


def is_repeated(work: UnitOfWork, form: str) -> bool:
    """Tell whether this very form was sent already; refuse its key with other words (P4)."""
    if work.once is None:
        return False
    known = form_that_made(work.session, (work.once, _ending_id(work)))
    return is_same_form(work.session, known, form)


def put_on_record(work: UnitOfWork, row: DirectoryRow, form: str, event: DirectoryEvent) -> None:
    """Add the row with the digest of its form, and note in the audit chain that it was added."""
    row.form_digest = form
    work.session.add(row)
    work.session.flush()
    note_row(work, event, row)


def end_entry(
    work: UnitOfWork,
    entry: OrganisationEntry | ContactEntry,
    last_day: date,
    reasons: str,
    form: str,
) -> None:
    """Add the last day of an entry, and note it."""
    organisation_entry_id: UUID | None = None
    contact_id: UUID | None = None
    if isinstance(entry, ContactEntry):
        contact_id = entry.contact.id
    else:
        organisation_entry_id = entry.organisation.id
    ending = DirectoryEnding(
        tenant_id=work.actor.partnership_id,
        id=_ending_id(work),
        organisation_entry_id=organisation_entry_id,
        contact_id=contact_id,
        last_day=last_day,
        reasons=reasons,
        ended_by=work.actor.person_id,
        ended_at=work.now,
    )
    put_on_record(work, ending, form, DirectoryEvent.ENDED)


def _ending_id(work: UnitOfWork) -> UUID:
    """Return the id of the row by which this form ends an entry; the other row has its key."""
    return uuid5(work.once or uuid4(), "ending")


def last_day_of(command: EndEntry, validity: Validity) -> date:
    """Return the last day of the entry; refuse one before its first."""
    if command.last_day is None:
        return validity.first - A_DAY
    if command.last_day < validity.first:
        first = day_month_year(validity.first)
        raise AnswerRefused("last_day", f"It began on {first}: enter that day or a later one.")
    return command.last_day


def out_of_order(validity: Validity) -> AnswerRefused:
    """Return the refusal of a day on which no other entry can take the place of this one."""
    until = f" and up to {day_month_year(validity.last)}" if validity.last else ""
    return AnswerRefused(
        "valid_from", f"Enter a day after {day_month_year(validity.first)}{until}."
    )
