"""What a note on a case may be."""

from enum import StrEnum


class NoteKind(StrEnum):
    """Whether something is noted, or a call is kept in the telephone log."""

    NOTE = "note"
    CALL = "call"
