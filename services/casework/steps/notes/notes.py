"""Notes on a case and of telephone calls about it; a mistake is corrected beside what it was.

A note is no minute and no evidence of an agency: what an agency answers by telephone is entered as
its return, a contact with the family is recorded in its log, one with police or prosecution in the
register of other proceedings.
"""

from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import (
    Command,
    Kind,
    LongText,
    Moment,
    NeededWhen,
    ShortText,
    part_of,
)
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.notes import NoteKind
from services.domain.roles import Permission, Role
from services.domain.workflow import Stage

NOTE_ENTRIES: Final = (EntryType.NOTE_KEPT, EntryType.NOTE_CORRECTED)
NoteChoice = Annotated[UUID, Kind.PROPOSAL]
_NOT_YOURS: Final = "Whoever wrote a note corrects it, or who runs the case."


class NoteSaid(Command):
    """What is kept of a note or a call."""

    kind: NoteKind = Field(title="What is it?")
    spoke_with: Annotated[ShortText | None, NeededWhen("if it was a call")] = Field(
        default=None,
        title="With whom was the call?",
        description="By role and organisation, for example: named nurse, the hospital.",
    )
    held_at: Annotated[Moment | None, NeededWhen("if it was a call")] = Field(
        default=None, title="When was the call?"
    )
    words: LongText = Field(
        title="What was said, or what is to be noted?",
        description="Everybody who reads the case and of the family reads it. No verbatim record.",
    )


class KeepNote(NoteSaid):
    """A note on the case, or of a telephone call about it. It is no answer of an agency."""

    section: Section = Field(
        title="Which part of the case is it about?",
        description="In a joint review, who is shown that part reads the note. What is internal is "
        "shown to nobody outside this partnership.",
    )


class CorrectNote(NoteSaid):
    """A note as it is right. What it said before stays on record beside it."""

    note: NoteChoice = Field(title="Which note?")
    reason: LongText = Field(title="What was wrong?")


class NoteCorrected(NoteSaid):
    """What is kept of a correction; which note it is about is what its entry is about."""

    reason: LongText = Field(title="What was wrong?")


def keep_note(work: UnitOfWork, case_id: CaseId, command: KeepNote) -> Case:
    """Keep a note in the section that its writer names."""
    case = begin(work, case_id, KEEP_NOTE, command)
    _must_say_of_call(work, command)
    entered = Entered(section=command.section)
    record_entry_as(work, case, KEEP_NOTE, command, entered)
    return case


def correct_note(work: UnitOfWork, case_id: CaseId, command: CorrectNote) -> Case:
    """Keep the note as it is right, in the section of the first; both stay on record."""
    case = begin(work, case_id, CORRECT_NOTE, command)
    first = next((one for one in notes_on(work, case) if one.id == command.note), None)
    if first is None:
        raise AnswerRefused("note", "There is no such note on this case.")
    if not may_correct(work, first):
        raise AnswerRefused("note", _NOT_YOURS)
    _must_say_of_call(work, command)
    kept = part_of(command, NoteCorrected)
    before = newest_said(work, case, first)
    if before == part_of(command, NoteSaid):
        raise AnswerRefused("words", "Nothing differs from what the note says already.")
    entered = Entered(subject=str(first.id), kept=kept, section=first.section)
    record_entry_as(work, case, CORRECT_NOTE, command, entered)
    return case


KEEP_NOTE = Act(
    name="keep_note",
    command=KeepNote,
    perform=keep_note,
    permission=Permission.KEEP_NOTES,
    doing="keep a note",
    stages=frozenset(Stage),
    entry=EntryType.NOTE_KEPT,
    holds_family_data=True,
)


def has_own_note(work: UnitOfWork, case: Case) -> bool:
    """Tell whether there is a note on the case that the actor may correct."""
    return any(may_correct(work, one) for one in notes_on(work, case))


CORRECT_NOTE = Act(
    name="correct_note",
    command=CorrectNote,
    which="note",
    perform=correct_note,
    permission=Permission.KEEP_NOTES,
    doing="correct a note",
    stages=frozenset(Stage),
    entry=EntryType.NOTE_CORRECTED,
    kept=NoteCorrected,
    is_offered=has_own_note,
    holds_family_data=True,
)


def notes_on(work: UnitOfWork, case: Case) -> list[Entry]:
    """Return the first entry of each note on the case that the actor reads, oldest first."""
    return all_of(work.session, case.id, EntryType.NOTE_KEPT)


def may_correct(work: UnitOfWork, note: Entry) -> bool:
    """Tell whether the note is the actor's own, or the actor is the business manager."""
    is_own = note.person_id == work.actor.person_id
    return is_own or work.actor.role is Role.BUSINESS_MANAGER


def newest_said(work: UnitOfWork, case: Case, note: Entry) -> NoteSaid:
    """Return what the note says now: as it was kept, or as it was corrected last."""
    corrected = all_of(work.session, case.id, EntryType.NOTE_CORRECTED)
    mine = [one for one in corrected if one.subject == str(note.id)]
    model = NoteCorrected if mine else KeepNote
    newest = mine[-1] if mine else note
    return part_of(model.model_validate(newest.command), NoteSaid)


def _must_say_of_call(work: UnitOfWork, said: NoteSaid) -> None:
    if said.kind is not NoteKind.CALL:
        if said.spoke_with or said.held_at:
            raise AnswerRefused("kind", "With whom and when is said of a call alone.")
        return
    if not said.spoke_with:
        raise AnswerRefused("spoke_with", "Say with whom the call was, by role and organisation.")
    if said.held_at is None:
        raise AnswerRefused("held_at", "Say when the call was.")
    if said.held_at > work.now:
        raise AnswerRefused("held_at", "Enter a day and time that are not in the future.")
