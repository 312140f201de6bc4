"""An invitation to us was withdrawn before we answered: an act of Keyline itself, on our rows."""

from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command, part_of
from services.casework.effects import EmailContext, close_all_todos, enqueue_email
from services.casework.joint.arrival import begin_arrival
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage, move


class InvitationTakenBack(Command):
    """Which partnership invited, and does no longer."""

    partnership: str = Field(title="Who invited?")


class NoteWithdrawn(InvitationTakenBack):
    """An invitation to us that was withdrawn, by its id."""

    invitation_id: UUID


def note_withdrawn(work: UnitOfWork, case_id: CaseId, command: NoteWithdrawn) -> Case:
    """Close the case that was opened for the invitation; one that was answered goes its way."""
    subject = str(command.invitation_id)
    case, is_known = begin_arrival(work, case_id, NOTE_WITHDRAWN, subject)
    if is_known or case.stage is not Stage.INVITED:
        return case
    entered = Entered(subject=subject, kept=part_of(command, InvitationTakenBack))
    record_entry_as(work, case, NOTE_WITHDRAWN, command, entered)
    case.stage, case.closed_at = move(case.stage, Stage.CLOSED), work.now
    work.session.add(case)
    close_all_todos(work, case)
    enqueue_email(work, case, EmailTrigger.SHOWING_ENDED, EmailContext(part=subject))
    return case


NOTE_WITHDRAWN = Act(
    name="note_withdrawn",
    command=NoteWithdrawn,
    perform=note_withdrawn,
    permission=Permission.CARRY_CASES,
    doing="note that an invitation was withdrawn",
    stages=frozenset(Stage),
    entry=EntryType.INVITATION_TAKEN_BACK,
    kept=InvitationTakenBack,
    is_listed=False,
    section=Section.INTERNAL,
)
