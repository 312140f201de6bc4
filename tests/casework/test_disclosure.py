"""LC-17, LC-19: what was agreed with police and prosecution, with a schedule of the material."""

import pytest

from services.casework.steps.other_reviews import disclosure, liaison
from services.database.documents import DocumentState, documents
from services.database.history import last_entry
from services.documents.making import KeylineDocuments
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.police_marks import ListedSeat
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.driven import Driven
from tests.families_at_work import papers
from tests.kept import Traces
from tests.marked import Marked
from tests.paper_text import text_of
from tests.process_factories import record_liaison, schedule_material
from tests.sent_out import make_papers

MANAGER, WHEN = Role.BUSINESS_MANAGER, "2026-02-03"
ACT = disclosure.schedule_material


@pytest.fixture
def case(case_at) -> Driven:
    """A case whose local review is being set up, and whose papers are made."""
    return case_at(Stage.COMMISSIONING)


def test_the_schedule_lists_each_document_with_what_was_agreed(case, left_by):
    """LC-17: a note of what was agreed, and all material as it stands, by its digest."""
    make_papers(case.world, case.case_id, WHEN)
    case.do(liaison.record_liaison, record_liaison(), MANAGER, WHEN)
    left = left_by(case, ACT, schedule_material(), who=MANAGER, when=WHEN)
    assert left == Traces(
        entries=["material_scheduled"], ordered=["commission | disclosure_schedule | v1"]
    )
    (paper,) = papers(case, "disclosure_schedule")
    made = text_of(KeylineDocuments().pdf(paper).content)
    assert "The practitioners' conversations" in made
    assert "Contacts about other proceedings" in made
    (table,) = (one.table for one in paper.sections if one.heading == "Material of the review")
    assert table is not None
    assert all(len(digest) == 64 for *_, digest in table.rows)


def test_a_file_that_nobody_may_read_yet_is_not_listed(case):
    """LC-17: what waits for the scanner, or was refused, is no material of the review."""
    make_papers(case.world, case.case_id, WHEN)
    with case.world.act(MANAGER, WHEN) as work:
        newest, other, *_ = documents(work.session, case.case_id)
        newest.standing, other.standing = DocumentState.QUARANTINED, DocumentState.REFUSED
        work.session.add_all((newest, other))
        unread = {newest.sha256, other.sha256}
    case.do(ACT, schedule_material(), MANAGER, WHEN)
    with case.world.act(MANAGER, WHEN) as work:
        kept = last_entry(work.session, case.case_id, EntryType.MATERIAL_SCHEDULED).command
    listed = {one["sha256"] for one in kept["material"]}
    assert listed
    assert not listed & unread
    (paper,) = papers(case, "disclosure_schedule")
    assert "holds legal advice is listed" in text_of(KeylineDocuments().pdf(paper).content)


@pytest.mark.parametrize("by", ["document", "section", "nothing"])
def test_the_schedule_is_hidden_with_what_it_lists(by, case):
    """LC-17: who may not know of a document reads no title of it in the schedule either."""
    make_papers(case.world, case.case_id, WHEN)
    marked = Marked.of(case.world, case.case_id)
    with case.world.act(MANAGER, WHEN) as work:
        one = documents(work.session, case.case_id)[0]
        on = {
            "document": {"about": one.id, "section": None},
            "section": {"section": one.section},
        }.get(by)
    if on is not None:
        listed = (ListedSeat.POLICE, ListedSeat.BUSINESS_MANAGER)
        marked.mark(marked.police(), **on, seats=listed, when=WHEN)
    case.do(ACT, schedule_material(), MANAGER, WHEN)
    assert EntryType.MATERIAL_SCHEDULED in marked.read_by(MANAGER)
    is_read = EntryType.MATERIAL_SCHEDULED in marked.read_by(Role.REVIEW_GROUP_CHAIR)
    assert is_read is (by == "nothing")


def test_what_was_agreed_is_not_of_a_day_to_come(case):
    """LC-17: a note says what was agreed, and not what may be."""
    with pytest.raises(AnswerRefused, match="in the future"):
        case.do(ACT, schedule_material(agreed_on="2026-02-04"), MANAGER, WHEN)
