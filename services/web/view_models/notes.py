"""The notes and the telephone log of a case, newest first, each with what it said before."""

from dataclasses import dataclass

from services.casework.steps.notes.notes import CORRECT_NOTE, NOTE_ENTRIES, may_correct
from services.database.cases import Case
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.web.timeline import Told, tell


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """One note: as it stands now, what it said before, newest first, and where it is corrected."""

    told: Told
    before: tuple[Told, ...]
    section: str
    correct: str


def note_lines(work: UnitOfWork, case: Case) -> list[NoteLine]:
    """Return the notes that the actor may know of; their words to who reads of the family."""
    found = all_of(work.session, case.id, *NOTE_ENTRIES)
    told = dict(zip((one.id for one in found), tell(work, found), strict=True))
    lines = []
    for note in (one for one in found if one.entry_type is EntryType.NOTE_KEPT):
        later = [told[one.id] for one in found if one.subject == str(note.id)]
        newest, *before = [told[note.id], *later][::-1]
        may = work.actor.may(CORRECT_NOTE.permission) and may_correct(work, note)
        lines.append(
            NoteLine(
                told=newest,
                before=tuple(before),
                section=label(note.section),
                correct=f"/cases/{case.id}/notes/correct?of={note.id}" if may else "",
            )
        )
    return lines[::-1]
