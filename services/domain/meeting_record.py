"""Agreeing the record of the rapid review meeting: who has still to answer, and what (RR-47).

Each named attendee agrees, or asks for a correction in words. It holds nothing back: no gate names
it, and a rapid review is submitted rather than late (RR-34, RR-35).
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

from services.domain.entry_types import EntryType


class AnswerToRecord(StrEnum):
    """What an attendee says of the record."""

    AGREES = "agrees"
    ASKS_FOR_CORRECTION = "asks_for_correction"


class CorrectionCourse(StrEnum):
    """What became of a request for a correction."""

    CORRECTED = "corrected"
    NOT_CORRECTED = "not_corrected"


class RecordStanding(StrEnum):
    """How one attendee stands to the newest version of the record."""

    ASKED = "asked"
    AGREED = "agreed"
    REQUEST_OPEN = "request_open"
    REQUEST_ANSWERED = "request_answered"
    NOT_ANSWERED = "not_answered"


class Said(Protocol):
    """An entry about the record: its number, its type, and the person or request it is about."""

    @property
    def number(self) -> int: ...  # noqa: D102 - named for what it is
    @property
    def entry_type(self) -> EntryType: ...  # noqa: D102 - named for what it is
    @property
    def subject(self) -> str: ...  # noqa: D102 - named for what it is


S = TypeVar("S", bound=Said)

ANSWERS = (EntryType.RECORD_AGREED, EntryType.CORRECTION_ASKED)
ABOUT_RECORD = (EntryType.RECORD_WRITTEN, *ANSWERS, EntryType.CORRECTION_ANSWERED)


def newest_version(said: Sequence[Said]) -> int:
    """Return the number of the entry that wrote the record last; 0 before the first."""
    return max(
        (one.number for one in said if one.entry_type is EntryType.RECORD_WRITTEN), default=0
    )


def last_answer(said: Sequence[S], person_id: UUID) -> S | None:
    """Return what the person said last of the record, if anything."""
    own = [one for one in said if one.entry_type in ANSWERS and one.subject == str(person_id)]
    return max(own, key=lambda one: one.number, default=None)


def version_answered(said: Sequence[Said], answer: Said) -> int:
    """Return the number of the entry that wrote the version on which the answer was given."""
    return newest_version([one for one in said if one.number < answer.number])


def open_requests(said: Sequence[S]) -> list[S]:
    """Return the requests for a correction that wait for an answer, oldest first.

    One whose author has agreed since waits no longer.
    """
    answered = {one.subject for one in said if one.entry_type is EntryType.CORRECTION_ANSWERED}
    asked = [one for one in said if one.entry_type is EntryType.CORRECTION_ASKED]
    return [
        one
        for one in sorted(asked, key=lambda each: each.number)
        if str(one.number) not in answered and not _agreed_since(said, one)
    ]


def standing(said: Sequence[Said], person_id: UUID, *, is_asked: bool) -> RecordStanding:
    """Return how the person stands to the record; whether they are asked now is given."""
    answer = last_answer(said, person_id)
    if answer is not None and answer in open_requests(said):
        return RecordStanding.REQUEST_OPEN
    if is_asked:
        return RecordStanding.ASKED
    if answer is None:
        return RecordStanding.NOT_ANSWERED
    is_agreed = answer.entry_type is EntryType.RECORD_AGREED
    return RecordStanding.AGREED if is_agreed else RecordStanding.REQUEST_ANSWERED


def _agreed_since(said: Sequence[Said], request: Said) -> bool:
    return any(
        one.entry_type is EntryType.RECORD_AGREED
        and one.subject == request.subject
        and one.number > request.number
        for one in said
    )
