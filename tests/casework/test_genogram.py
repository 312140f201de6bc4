"""FAM-06: the genogram is full and accurate, kept by versions, and never published."""

import pytest

from services.casework.steps.families import approach, genogram
from services.casework.steps.police_marks.police_marks import own_marks
from services.database.cases import get_case
from services.documents.making import KeylineDocuments
from services.domain.dispatches import NOTICES
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.police_marks import ListedSeat
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.driven import Driven
from tests.families_at_work import papers
from tests.family_factories import agree_family_approach, keep_genogram
from tests.kept import Traces
from tests.marked import Marked
from tests.paper_text import text_of
from tests.road_of_families import drawable

CHAIR, MANAGER = Role.REVIEW_GROUP_CHAIR, Role.BUSINESS_MANAGER
WHEN, LATER = "2026-02-03", "2026-04-01"


@pytest.fixture
def case(case_at) -> Driven:
    """A case whose local review is being set up."""
    return case_at(Stage.COMMISSIONING)


def on_record(case: Driven) -> genogram.GenogramKept:
    with case.world.act(CHAIR, LATER) as work:
        kept = genogram.genogram_on_record(work, get_case(work.session, case.case_id))
    assert kept is not None
    return kept


def test_a_genogram_is_kept_and_made_as_a_paper_of_the_case(case, left_by):
    """FAM-06: everybody on record is drawn, with what more is said of them."""
    child, sister = drawable(case, WHEN)[:2]
    said = keep_genogram(sister.id, child.id)
    left = left_by(case, genogram.keep_genogram, said, who=CHAIR, when=WHEN)
    assert left == Traces(entries=["genogram_kept"], ordered=["commission | genogram | v1"])
    kept = on_record(case)
    assert [one.name for one in kept.people] == ["Robin Example", "Wren Example"]
    assert "Wren Example is a brother or sister of Robin Example." in kept.genogram.in_words
    (paper,) = papers(case, "genogram")
    made = text_of(KeylineDocuments().pdf(paper).content)
    assert "Is a brother or sister of" in made
    assert "It never stands in a report" in made


def test_another_version_supersedes_it_and_opens_with_it(case, left_by):
    """FAM-06: it is updated; who was found since is drawn, and the version before stays."""
    child, sister = drawable(case, WHEN)[:2]
    case.do(genogram.keep_genogram, keep_genogram(sister.id, child.id), CHAIR, WHEN)
    mother = {"name": "Ann Example", "relations": ("parent",)}
    agreed = agree_family_approach(further=(mother,))
    case.do(approach.agree_family_approach, agreed, CHAIR, LATER)
    with case.world.act(MANAGER, LATER) as work:
        form = genogram.genogram_to_change(work, get_case(work.session, case.case_id))
    assert form is not None
    assert [one.person for one in form.people] == [sister.id]
    by_name = {one.name: one.id for one in drawable(case, LATER)}
    more = {"one": by_name["Ann Example"], "tie": "parent", "other": child.id}
    relations = (*(one.model_dump() for one in form.relations), more)
    second = form.model_dump() | {"relations": relations}
    left = left_by(case, genogram.keep_genogram, type(form)(**second), who=MANAGER, when=LATER)
    assert left.ordered == ["commission | genogram | v2"]
    assert "Ann Example is a parent of Robin Example." in on_record(case).genogram.in_words


def test_what_cannot_be_so_is_refused_beside_its_question(case):
    """FAM-06: an incomplete genogram says what is missing."""
    child, sister = drawable(case, WHEN)[:2]
    one = {"one": sister.id, "tie": "parent", "other": child.id}
    other = {"one": child.id, "tie": "parent", "other": sister.id}
    twice = {"person": child.id, "shape": "male", "has_died": False}
    for field, saying, but in (
        ("relations", "at least two", {"relations": ()}),
        ("relations", "their own parent", {"relations": (one, other)}),
        ("relations", "to themselves", {"relations": (one | {"other": sister.id},)}),
        ("relations", "each relation once", {"relations": (one, one)}),
        ("relations", "on record", {"relations": (one | {"other": case.agency()},)}),
        ("people", "once", {"people": (twice, twice)}),
        ("missing", "what is missing", {"is_full": False}),
    ):
        with pytest.raises(AnswerRefused, match=saying) as refused:
            case.do(genogram.keep_genogram, keep_genogram(sister.id, child.id, **but), CHAIR, WHEN)
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("hidden", "by_police"),
    [
        ({"about": EntryType.REFERRED}, True),
        ({"about": EntryType.FAMILY_APPROACH_AGREED}, False),
        ({"section": Section.FACTS_AND_FAMILY}, False),
    ],
)
def test_what_a_mark_hides_of_the_family_is_hidden_where_it_is_drawn(hidden, by_police, case):
    """FAM-06: and who does not read of everybody puts no lesser version in its place."""
    marked = Marked.of(case.world, case.case_id)
    child, sister = drawable(case, WHEN)[:2]
    case.do(approach.agree_family_approach, agree_family_approach(), CHAIR, WHEN)
    on = {"about": None, "section": None} | hidden
    if on["about"] is not None:
        on["about"] = marked.entry(on["about"])
    listed = (ListedSeat.POLICE, ListedSeat.BUSINESS_MANAGER)
    who = marked.police() if by_police else MANAGER
    marked.mark(who, **on, seats=listed, when=WHEN)
    said = keep_genogram(sister.id, child.id)
    with pytest.raises(RuleBroken, match="police mark"):
        case.do(genogram.keep_genogram, said, CHAIR, WHEN)
    for when in (WHEN, LATER):
        case.do(genogram.keep_genogram, said, MANAGER, when)
    assert EntryType.GENOGRAM_KEPT in marked.read_by(MANAGER)
    assert EntryType.GENOGRAM_KEPT not in marked.read_by(CHAIR)
    assert len(marked.marks()) == 3
    with case.world.act(MANAGER, LATER) as work:
        lifts = own_marks(work, get_case(work.session, case.case_id))
    assert len(lifts) == (0 if by_police else 3)


def test_no_genogram_leaves_the_partnership():
    """FAM-06, PUB-16: it is no paper that is published, or that a dispatch takes along."""
    assert not DocumentKind.GENOGRAM.particulars.is_public
    assert DocumentKind.GENOGRAM.particulars.holds_family_data
    assert DocumentKind.GENOGRAM.particulars.section is Section.INTERNAL
    assert genogram.KEEP_GENOGRAM.section is Section.INTERNAL
    assert all(DocumentKind.GENOGRAM not in one.kinds for one in NOTICES.values())
