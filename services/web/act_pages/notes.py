"""Pages on which a note or a telephone call is kept, and corrected."""

from services.casework.commands import Command
from services.casework.steps.notes.notes import (
    CORRECT_NOTE,
    KEEP_NOTE,
    CorrectNote,
    may_correct,
    newest_said,
    notes_on,
)
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.notes import NoteKind
from services.domain.plain_dates import date_and_time
from services.domain.plain_text import capital
from services.web.act_pages.act_page import ActPage, OneOf
from services.web.forms.fields import Choice, Options


def _own(work: UnitOfWork, case: Case) -> list[Entry]:
    return [one for one in notes_on(work, case) if may_correct(work, one)]


def _offered(work: UnitOfWork, case: Case) -> Options:
    """Offer the notes that the actor may correct, by what they are and when they were kept."""
    return {"note": tuple(Choice(str(one.id), _called(one)) for one in _own(work, case))}


def _called(note: Entry) -> str:
    kind = NoteKind(note.command["kind"])
    return f"{capital(label(kind))}, kept on {date_and_time(note.at)}"


def _named(work: UnitOfWork, case: Case, of: str) -> str:
    return next((of for one in _own(work, case) if str(one.id) == of), "")


def _on_record(work: UnitOfWork, case: Case, of: str) -> Command | None:
    """Open the form with what the note says now."""
    found = next((one for one in _own(work, case) if str(one.id) == of), None)
    if found is None:
        return None
    return CorrectNote.model_construct(note=found.id, **dict(newest_said(work, case, found)))


PAGES = (
    ActPage(
        act=KEEP_NOTE,
        path="notes/keep",
        title="Keep a note or a telephone call",
        button="Keep it",
        done="It is kept, under Notes and calls.",
    ),
    ActPage(
        act=CORRECT_NOTE,
        path="notes/correct",
        title="Correct a note",
        button="Keep it as it is now",
        done="The note is corrected. What it said before stays beside it.",
        narrow=_offered,
        one_of=OneOf(
            question="note", called="note", named=_named, on_record=_on_record, key=_named
        ),
    ),
)
