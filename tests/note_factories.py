"""Notes and calls, as tests keep them."""

from typing import Any
from uuid import UUID

from services.casework.steps.notes.notes import CorrectNote, KeepNote
from services.domain.entry_types import Section
from tests.words import words_of


def keep_note(**but: Any) -> KeepNote:
    """Return a note of no call."""
    return words_of(KeepNote, {"kind": "note", "section": Section.INTERNAL} | but)


def correct_note(note: UUID, **but: Any) -> CorrectNote:
    """Return the note as it is right."""
    return words_of(CorrectNote, {"kind": "note", "note": note} | but)
