"""Who carries out a local review: one or several, with or without a lead reviewer (LC-23)."""

import pytest

from services.casework.access.reach import reached_by
from services.casework.steps import declaration
from services.casework.steps.local_review.draft_report import submit_draft
from services.casework.steps.local_review.quality_assurance import quality_assure
from services.casework.steps.local_review.review_opening import must_be_its_reviewer
from services.casework.steps.local_review.reviewer_appointment import (
    appoint_reviewer,
    end_reviewer,
)
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.database.reviewers import reviewers_now
from services.domain.documents import DocumentKind, Paper
from services.domain.errors import AnswerRefused, NotFound, NotPermitted, RuleBroken
from services.domain.roles import Actor, Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.kept import NATIONAL, dispatches
from tests.papers import papers_of
from tests.put_terms import put_terms

MANAGER, CHAIR, REVIEWER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER
WHEN, THEN, LATE = "2026-02-02", "2026-05-01", "2026-06-01"
LOCAL = {"capacity": "local", "why_none": "A shorter review of one question."}


def papers(case: Driven, kind: DocumentKind) -> list[Paper]:
    """Return the papers of the kind as they would be made now, in the order of their versions."""
    made = (one for one in papers_of(case) if one.kind is kind)
    return sorted(made, key=lambda one: one.version)


def details(paper: Paper) -> dict[str, str]:
    return {one.label: one.text for one in paper.details}


def drafted(case: Driven, who: object = REVIEWER, when: str = THEN) -> Driven:
    case.do(submit_draft, say.submit_draft(), who, when)
    return case


def test_a_proportionate_review_has_a_named_reviewer_where_no_lead_reviewer_is_commissioned(
    case_at, left_by
):
    """LC-23, LC-02, G6: somebody independent of the local network is told of and named."""
    case = case_at(Stage.COMMISSIONING)
    person = case.world.ours.actor(REVIEWER)
    put_terms(case, WHEN).sign(sign_off.sign_terms, WHEN)
    assert case.stage() is Stage.COMMISSIONING, "nobody is named as its reviewer"
    for field, said in (
        ("why_none", {"capacity": "local"}),
        ("why_none", {"why_none": "It is short."}),
        ("independent", {**LOCAL, "independent": False}),
    ):
        appointed = say.appoint_reviewer(person.person_id, **said)
        with pytest.raises(AnswerRefused) as refused:
            case.do(appoint_reviewer, appointed, MANAGER, WHEN)
        assert refused.value.field == field
    appointed = say.appoint_reviewer(person.person_id, **LOCAL)
    left = left_by(case, appoint_reviewer, appointed, who=MANAGER, when=WHEN)
    assert left.dispatches == dispatches("reviewer_named", "being_made", *NATIONAL)
    case.do(declaration.declare, say.declare(), person, WHEN)
    assert case.stage() is Stage.LOCAL_REVIEW
    drafted(case.report())
    name = "Example lead.reviewer"
    for kind in (DocumentKind.REVIEWER_NOTICE, DocumentKind.REPORT_VERSION):
        (paper,) = papers(case, kind)
        assert details(paper)["Reviewer"] == name
        assert "Lead reviewer" not in details(paper)


def test_two_review_together_and_who_is_replaced_keeps_access_until_then(case_at):
    """LC-23, LC-24, G7: each is told of by name; whoever ends reads no more of the case."""
    case = case_at(Stage.LOCAL_REVIEW).report()
    first, second = case.world.ours.actor(REVIEWER), case.world.ours.second_reviewer()
    alone = say.appoint_reviewer(second.person_id)
    with pytest.raises(AnswerRefused, match="together"):
        case.do(appoint_reviewer, alone, MANAGER, WHEN)
    beside = say.appoint_reviewer(second.person_id, beside=True)
    case.do(appoint_reviewer, beside, MANAGER, WHEN)
    assert "declare" in {one.todo for one in case.turns()}
    case.do(declaration.declare, say.declare(), second, WHEN)
    assert "declare" not in {one.todo for one in case.turns()}
    assert details(papers(case, DocumentKind.REVIEWER_NOTICE)[-1])["Reviewing together with"] == (
        "Example lead.reviewer"
    )
    drafted(case, first)
    case.do(end_reviewer, say.end_reviewer(first.person_id), MANAGER, THEN)
    with pytest.raises(NotFound):
        drafted(case, first)
    drafted(case, second, LATE)
    named = details(papers(case, DocumentKind.REPORT_VERSION)[-1])
    assert (
        named["Lead reviewer"] == "Example lead.reviewer, Example business.manager"
    )  # as the world names the second
    with pytest.raises(AnswerRefused, match="a reviewer of this case"):
        case.do(end_reviewer, say.end_reviewer(first.person_id), MANAGER, LATE)


def reaches(case: Driven, who: Actor) -> bool:
    """Tell whether the case is within reach of the person at all."""
    with case.world.act(who, THEN) as work:
        return reached_by(work)(get_case(work.session, case.case_id))


def may_act(case: Driven, who: Actor) -> bool:
    """Tell whether the person may do what is for the reviewers of the case."""
    with case.world.act(who, THEN) as work:
        try:
            must_be_its_reviewer(work, get_case(work.session, case.case_id))
        except NotPermitted:
            return False
        return True


def test_a_reviewer_has_the_cases_that_they_are_appointed_to_and_no_other(case_at):
    """LC-23, G7: the lead reviewer reads and acts on their own review, whoever reviews others."""
    case = case_at(Stage.LOCAL_REVIEW)
    first, second = case.world.ours.actor(REVIEWER), case.world.ours.second_reviewer()
    found = {who: (reaches(case, who), may_act(case, who)) for who in (first, second)}
    assert found == {first: (True, True), second: (False, False)}


def test_a_report_goes_to_the_partners_only_while_somebody_is_there_to_review(case_at):
    """LC-23, G9, G10: who is gone is replaced first; nobody reviewed signs their own report."""
    case = drafted(case_at(Stage.LOCAL_REVIEW).report())
    first, second = case.world.ours.actor(REVIEWER), case.world.ours.second_reviewer()
    case.do(end_reviewer, say.end_reviewer(first.person_id), MANAGER, THEN)
    assert "appoint_reviewer" in {one.todo for one in case.turns()}
    with pytest.raises(RuleBroken, match="Nobody who may act"):
        case.do(quality_assure, say.quality_assure(), CHAIR, THEN)
    appointed = say.appoint_reviewer(second.person_id)
    case.do(appoint_reviewer, appointed, MANAGER, THEN)
    case.do(declaration.declare, say.declare(), second, THEN)
    case.do(quality_assure, say.quality_assure(), CHAIR, THEN)
    case.sign(sign_off.sign_report, LATE)
    assert case.stage() is Stage.PUBLICATION
    third = say.appoint_reviewer(first.person_id, beside=False)
    case.do(appoint_reviewer, third, MANAGER, LATE)
    with case.world.act(MANAGER, LATE) as work:
        assert reviewers_now(work.session, case.case_id) == (first.person_id,)


def test_a_reviewer_in_conflict_beside_one_who_is_free_holds_nothing_up(case_at):
    """G6, LC-02: the review opens by who is free; the other is neither awaited nor named."""
    case = case_at(Stage.COMMISSIONING)
    first, second = case.world.ours.actor(REVIEWER), case.world.ours.second_reviewer()
    put_terms(case, WHEN).sign(sign_off.sign_terms, WHEN)
    case.do(appoint_reviewer, say.appoint_reviewer(first.person_id), MANAGER, WHEN)
    beside = say.appoint_reviewer(second.person_id, beside=True)
    case.do(appoint_reviewer, beside, MANAGER, WHEN)
    assert reaches(case, first), "who is appointed opens it, to declare first"
    conflict = say.declare(has_conflict=True, particulars="A relative of the family.")
    case.do(declaration.declare, conflict, second, WHEN)
    case.do(declaration.declare, say.declare(), first, WHEN)
    assert case.stage() is Stage.LOCAL_REVIEW
    assert not {"appoint_reviewer", "declare"} & {one.todo for one in case.turns()}
    drafted(case.report())
    (report,) = papers(case, DocumentKind.REPORT_VERSION)
    assert details(report)["Lead reviewer"] == "Example lead.reviewer"
    case.do(end_reviewer, say.end_reviewer(first.person_id), MANAGER, THEN)
    assert "appoint_reviewer" in {one.todo for one in case.turns()}, "who is left is in conflict"
    case.do(end_reviewer, say.end_reviewer(second.person_id), MANAGER, THEN)
    case.do(appoint_reviewer, say.appoint_reviewer(first.person_id), MANAGER, THEN)
    assert "appoint_reviewer" not in {one.todo for one in case.turns()}


def test_each_reviewer_is_called_as_they_were_appointed(case_at):
    """LC-23: beside a lead reviewer, one of the local network is a reviewer, with no why."""
    case = case_at(Stage.LOCAL_REVIEW).report()
    second = case.world.ours.second_reviewer()
    said = {"capacity": "local", "beside": True}
    appointed = say.appoint_reviewer(second.person_id, **said, why_none="There is one.")
    with pytest.raises(AnswerRefused, match="no lead reviewer"):
        case.do(appoint_reviewer, appointed, MANAGER, WHEN)
    appointed = say.appoint_reviewer(second.person_id, **said)
    case.do(appoint_reviewer, appointed, MANAGER, WHEN)
    drafted(case)
    (report,) = papers(case, DocumentKind.REPORT_VERSION)
    assert details(report).items() >= {
        ("Lead reviewer", "Example lead.reviewer"),
        ("Reviewer", "Example business.manager"),
    }


def test_a_reviewer_ends_after_publication_and_nobody_is_appointed_then(case_at):
    """LC-23, G7: left-over access ends, and who was asked to appoint another is asked no more."""
    case = case_at(Stage.PUBLICATION)
    first, second = case.world.ours.actor(REVIEWER), case.world.ours.second_reviewer()
    case.do(appoint_reviewer, say.appoint_reviewer(second.person_id, beside=True), MANAGER, LATE)
    case.do(end_reviewer, say.end_reviewer(first.person_id), MANAGER, LATE)
    assert "declare" in {one.todo for one in case.turns()}
    case.plan().publish()
    assert case.stage() is Stage.EMBEDDING
    assert "declare" not in {one.todo for one in case.turns()}
    case.do(end_reviewer, say.end_reviewer(second.person_id), MANAGER, "2026-07-06")
    assert "appoint_reviewer" not in {one.todo for one in case.turns()}
