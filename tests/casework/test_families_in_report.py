"""The report and its publication: what they owe to the family (FAM-10 to FAM-12)."""

from uuid import UUID

import pytest

from services.casework.steps.families import approach, draft_shared
from services.casework.steps.local_review import draft_report, quality_assurance
from services.casework.steps.publication import pre_publication, publication
from services.casework.steps.publication.legal_advice import decide_legal_advice
from services.casework.steps.sign_off import sign_off
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.communications_factories import decide_legal_advice as say_decide
from tests.driven import Driven
from tests.families_at_work import approached, contact, decide, papers, view
from tests.family_factories import (
    NOT_INVITED,
    agree_family_approach,
    record_draft_shared,
)
from tests.road_of_families import discuss_publication, involve_family
from tests.settled_families import family_of, settle_family

MANAGER, CHAIR, REVIEWER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER
SCRUTINEER = Role.INDEPENDENT_SCRUTINEER
WHEN = "2026-02-03"


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.LOCAL_REVIEW, approached)


def test_fam_10_no_report_while_somebody_has_neither_taken_part_nor_a_reason(case):
    """FAM-10, G9: the refusal says who; the version carries the reasons as they then stood."""
    case.report("2026-02-03")
    decide(case)
    added = {"name": "Ada Example", "relations": ("other_relative",)}
    said = agree_family_approach(further=(added,))
    case.do(approach.agree_family_approach, said, CHAIR, WHEN)
    draft = say.submit_draft()
    with pytest.raises(RuleBroken, match="FAM-10") as found:
        case.do(draft_report.submit_draft, draft, REVIEWER, WHEN)
    assert "Robin Example (invited, and their views are not on record)" in str(found.value)
    assert "Ada Example (nothing is decided)" in str(found.value)
    assert "Wren" not in str(found.value)
    contact(case, about=("their_views",), given=(), beside_event="no_event")
    settle_family(case, WHEN)
    case.do(draft_report.submit_draft, draft, REVIEWER, WHEN)
    decide(case, 1, **{**NOT_INVITED, "in_report": "Other words, later."})
    (paper,) = papers(case, "report_version")
    told = [one.items for one in paper.sections if one.heading.startswith("Who of the family")]
    assert told == [(NOT_INVITED["in_report"],) * 2]


def reported(case: Driven) -> Driven:
    """Hear the first person, settle the others, and have the draft submitted."""
    involve_family(case).report()
    draft = say.submit_draft()
    case.do(draft_report.submit_draft, draft, REVIEWER, "2026-05-01")
    return case


def share(case: Driven, person: UUID, **said: object) -> None:
    command = record_draft_shared(person, **said)
    case.do(draft_shared.record_draft_shared, command, MANAGER, "2026-05-04")


def assure(case: Driven) -> None:
    case.do(quality_assurance.quality_assure, say.quality_assure(), CHAIR, "2026-05-05")


def test_fam_11_the_draft_is_shared_or_it_is_said_why_not_before_it_goes_to_the_partners(case_at):
    """FAM-11: whoever takes part sees the draft; each remark of theirs is answered."""
    case = case_at(Stage.LOCAL_REVIEW, reported)
    (invited, other) = (one.person.id for one in family_of(case))

    with pytest.raises(AnswerRefused, match=r"\(FAM-11\): Robin Example\.") as found:
        assure(case)
    assert found.value.field == "ready"
    for field, said in (
        ("shared_on", {"shared_on": None}),
        ("shared_on", {"shared_on": "2026-05-05"}),
        ("why_not", {"was_shared": False, "shared_on": None, "by_whom": None, "said": None}),
    ):
        with pytest.raises(AnswerRefused) as found:
            share(case, invited, **said)
        assert found.value.field == field
    with pytest.raises(AnswerRefused, match="invited"):
        share(case, other)
    remark = {"remark": "It is wrong.", "words": "We will look.", "answer": "corrected"}
    with pytest.raises(AnswerRefused, match="lead reviewer, who decides") as found:
        share(case, invited, remarks=({**remark, "about": "other"},))
    assert found.value.field == "remarks"
    share(case, invited, remarks=({**remark, "about": "personal_detail"},))
    with pytest.raises(AnswerRefused, match="another version first"):
        assure(case)
    draft = say.submit_draft()
    case.do(draft_report.submit_draft, draft, REVIEWER, "2026-05-05")
    assure(case)


def test_fam_12_publication_weighs_the_wishes_and_its_arrangements_are_discussed(case_at):
    """FAM-12, LC-12: the plan says what follows; nothing is sent before it was discussed."""
    case = case_at(Stage.LOCAL_REVIEW, reported)
    shared = record_draft_shared(family_of(case)[0].person.id)
    case.do(draft_shared.record_draft_shared, shared, MANAGER, "2026-05-04")
    assure(case)
    case.sign(sign_off.sign_report, "2026-06-01")
    plan = say.plan_publication(family_wishes=None)
    with pytest.raises(AnswerRefused, match="FAM-12") as found:
        case.do(publication.plan_publication, plan, MANAGER, "2026-06-08")
    assert found.value.field == "family_wishes"
    discuss_publication(case, "2026-06-05")
    with pytest.raises(RuleBroken, match="LC-12"):
        case.plan()
    case.do(decide_legal_advice, say_decide(), MANAGER, "2026-06-05")
    case.plan()
    with pytest.raises(AnswerRefused, match="for 1 of them") as found:
        case.do(pre_publication.pre_send, say.pre_send(), MANAGER, "2026-06-22")
    assert found.value.field == "family_told_how"
    discuss_publication(case, "2026-06-22")
    found_view = view(case, when="2026-06-22")
    assert found_view is not None
    assert "Not near her birthday." in found_view.people[0].wishes
    case.do(pre_publication.pre_send, say.pre_send(), MANAGER, "2026-06-22")
