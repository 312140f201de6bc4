"""RR-47: who has agreed the record, who asks for a correction, and what is still to be answered."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from services.domain.entry_types import EntryType
from services.domain.meeting_record import (
    RecordStanding,
    last_answer,
    newest_version,
    open_requests,
    standing,
    version_answered,
)

LEAD, OTHER = UUID(int=1), UUID(int=2)
WRITTEN, AGREED = EntryType.RECORD_WRITTEN, EntryType.RECORD_AGREED
ASKED, ANSWERED = EntryType.CORRECTION_ASKED, EntryType.CORRECTION_ANSWERED


@dataclass(frozen=True)
class Said:
    number: int
    entry_type: EntryType
    subject: str = ""


def said(*what: tuple[EntryType, object]) -> list[Said]:
    """Return entries, numbered from 1, as they would stand on a case."""
    return [Said(number, kind, str(about)) for number, (kind, about) in enumerate(what, start=1)]


def test_an_answer_is_to_the_version_that_was_the_newest_then():
    told = said((WRITTEN, ""), (AGREED, LEAD), (WRITTEN, ""), (AGREED, OTHER))
    answers = (last_answer(told, LEAD), last_answer(told, OTHER))
    assert [version_answered(told, one) for one in answers] == [1, 3]
    assert newest_version(told) == 3
    assert last_answer(told, UUID(int=3)) is None


@pytest.mark.parametrize(
    ("what", "waits"),
    [
        ([(WRITTEN, ""), (ASKED, LEAD)], [2]),
        ([(WRITTEN, ""), (ASKED, LEAD), (ANSWERED, 2)], []),
        ([(WRITTEN, ""), (ASKED, LEAD), (ANSWERED, 3)], [2]),
        ([(WRITTEN, ""), (ASKED, LEAD), (WRITTEN, ""), (AGREED, LEAD)], []),
        ([(WRITTEN, ""), (ASKED, LEAD), (WRITTEN, ""), (AGREED, OTHER)], [2]),
        ([(WRITTEN, ""), (ASKED, OTHER), (ASKED, LEAD)], [2, 3]),
    ],
)
def test_a_request_waits_until_it_is_answered_or_its_author_agrees(what, waits):
    assert [one.number for one in open_requests(said(*what))] == waits


@pytest.mark.parametrize(
    ("what", "is_asked", "stands"),
    [
        ([(WRITTEN, "")], True, RecordStanding.ASKED),
        ([(WRITTEN, "")], False, RecordStanding.NOT_ANSWERED),
        ([(WRITTEN, ""), (AGREED, LEAD)], False, RecordStanding.AGREED),
        ([(WRITTEN, ""), (AGREED, LEAD), (WRITTEN, "")], True, RecordStanding.ASKED),
        ([(WRITTEN, ""), (ASKED, LEAD)], False, RecordStanding.REQUEST_OPEN),
        ([(WRITTEN, ""), (ASKED, LEAD), (WRITTEN, "")], True, RecordStanding.REQUEST_OPEN),
        ([(WRITTEN, ""), (ASKED, LEAD), (ANSWERED, 2)], False, RecordStanding.REQUEST_ANSWERED),
    ],
)
def test_how_a_person_stands_to_the_record(what, is_asked, stands):
    assert standing(said(*what), LEAD, is_asked=is_asked) is stands
