"""Notes and calls on a case: kept in a section, corrected beside what they were (0112)."""

from uuid import UUID, uuid4

import pytest

from services.casework.steps.notes.notes import correct_note, keep_note, newest_said, notes_on
from services.database.cases import get_case
from services.database.history import Entry, all_of
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, NotPermitted
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import note_factories as say
from tests.driven import Driven
from tests.world import at

MANAGER, CHAIR, WHEN = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, "2025-12-16 11:00"
CALL = {
    "kind": "call",
    "spoke_with": "Named nurse, the hospital",
    "held_at": at("2025-12-16 10:00"),
}


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.RAPID_REVIEW)


def notes(case: Driven, who: Role = MANAGER) -> list[Entry]:
    with case.world.act(who, WHEN) as work:
        found = notes_on(work, get_case(work.session, case.case_id))
        work.session.expunge_all()
    return found


def stands(case: Driven, note: UUID) -> str:
    """Return what the note says now."""
    with case.world.act(MANAGER, WHEN) as work:
        row = get_case(work.session, case.case_id)
        (found,) = (one for one in notes_on(work, row) if one.id == note)
        return newest_said(work, row, found).words


def test_a_note_stands_in_the_section_that_its_writer_names(case):
    """Who is shown that section in a joint review is shown the note; the usual is nobody else."""
    case.do(keep_note, say.keep_note(section="meeting"), CHAIR, WHEN)
    case.do(keep_note, say.keep_note(), MANAGER, WHEN)
    assert [one.section for one in notes(case)] == [Section.MEETING, Section.INTERNAL]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({**CALL, "spoke_with": None}, "spoke_with"),
        ({**CALL, "held_at": None}, "held_at"),
        ({**CALL, "held_at": at("2025-12-17 10:00")}, "held_at"),
        ({**CALL, "kind": "note"}, "kind"),
    ],
)
def test_a_call_says_with_whom_and_when_and_a_note_does_not(case, said, field):
    with pytest.raises(AnswerRefused) as refused:
        case.do(keep_note, say.keep_note(**said), MANAGER, WHEN)
    assert refused.value.field == field
    case.do(keep_note, say.keep_note(**CALL), MANAGER, WHEN)


def test_a_correction_stands_beside_what_it_was_in_the_same_section(case):
    case.do(keep_note, say.keep_note(section="meeting", words="At ten."), CHAIR, WHEN)
    (note,) = notes(case)
    case.do(correct_note, say.correct_note(note.id, words="At eleven."), CHAIR, WHEN)
    assert stands(case, note.id) == "At eleven."
    with case.world.act(MANAGER, WHEN) as work:
        (kept,) = all_of(work.session, case.case_id, EntryType.NOTE_CORRECTED)
        assert (kept.subject, kept.section) == (str(note.id), Section.MEETING)
        assert "note" not in kept.command
        (first,) = all_of(work.session, case.case_id, EntryType.NOTE_KEPT)
        assert first.command["words"] == "At ten."
    with pytest.raises(AnswerRefused, match="Nothing differs"):
        case.do(correct_note, say.correct_note(note.id, words="At eleven."), CHAIR, WHEN)


def test_whoever_wrote_it_corrects_it_or_the_manager(case):
    case.do(keep_note, say.keep_note(words="One."), CHAIR, WHEN)
    (note,) = notes(case)
    with pytest.raises(AnswerRefused, match="Whoever wrote a note"):
        case.do(correct_note, say.correct_note(note.id), Role.NOTIFIER, WHEN)
    with pytest.raises(AnswerRefused, match="no such note"):
        case.do(correct_note, say.correct_note(uuid4()), CHAIR, WHEN)
    case.do(correct_note, say.correct_note(note.id, words="Two."), MANAGER, WHEN)
    assert stands(case, note.id) == "Two."


def test_an_agency_and_a_member_of_the_group_keep_none(case):
    for who in (Role.AGENCY_LEAD, Role.REVIEW_GROUP_MEMBER, Role.INDEPENDENT_SCRUTINEER):
        with pytest.raises(NotPermitted):
            case.do(keep_note, say.keep_note(), who, WHEN)
