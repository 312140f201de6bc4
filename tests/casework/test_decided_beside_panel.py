"""A decision that is taken again while a national review runs, or its course is signed."""

from itertools import product

import pytest

from services.casework.steps.embedding.action_plan import propose_plan
from services.casework.steps.rapid_review.local_course import propose_local_course
from services.casework.steps.rapid_review.panel import end_national_review
from services.casework.steps.rapid_review.supplement import supplement_review
from services.casework.steps.sign_off import sign_off
from services.domain.errors import StepNotOpen
from services.domain.roles import Role
from services.domain.sign_off import Position
from services.domain.workflow import LocalCourse, Outcome, PanelAnswer, Stage
from tests import factories, panel_factories
from tests.driven import Driven

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
LOCAL, NONE, AWAY = Outcome.LOCAL_REVIEW, Outcome.NO_FURTHER_REVIEW, Outcome.NATIONAL_REVIEW
DUE = "2026-07-05"


def none_decided(case: Driven) -> None:
    """Decide against a local review, and send that to the Panel."""
    case.review(NONE)


def plan_agreed(case: Driven) -> None:
    """Agree on the plan of a rapid review without a local one, while the answer is open."""
    case.review(NONE).agree_on(factories.propose_plan(case.agency()), "2026-01-12")


def opened(case: Driven) -> None:
    """Open the local review while the Panel's answer is open."""
    case.commission()


def todos(case: Driven) -> set[str]:
    return {one.todo.value for one in case.turns()}


def reopen(case: Driven, when: str) -> None:
    case.do(supplement_review, panel_factories.supplement_review(), CHAIR, when)


def put_course(case: Driven, course: LocalCourse, when: str) -> None:
    case.do(propose_local_course, panel_factories.propose_local_course(course), CHAIR, when)


def end_national(case: Driven, when: str) -> None:
    case.do(end_national_review, factories.end_national_review(ended_on=when), MANAGER, when)


@pytest.fixture
def beside(case_at) -> Driven:
    """A local review that is under way, on which the Panel runs a national one as well."""
    return case_at(Stage.WITH_PANEL, opened).answer(PanelAnswer.RUNS_NATIONAL, "2026-02-16")


def test_no_plan_is_put_while_the_decision_it_follows_from_is_taken_again(case_at):
    """RR-36, RR-31: nobody is asked for it either, until every seat has signed."""
    case, plan = case_at(Stage.RAPID_REVIEW, none_decided), factories.propose_plan
    assert "propose_plan" in todos(case)
    reopen(case, "2026-01-15")
    assert todos(case) == {"record_panel_answer", "propose_decision"}
    for put in (lambda: None, lambda: case.propose(NONE, "2026-01-16")):
        put()
        assert "propose_plan" not in todos(case)
        with pytest.raises(StepNotOpen, match="decide again"):
            case.do(propose_plan, plan(case.agency()), CHAIR, "2026-01-16")
    case.sign(sign_off.sign_rapid_review, "2026-01-19")
    assert todos(case) == {"record_panel_answer", "propose_plan"}
    assert case.agree_on(plan(case.agency()), "2026-01-20").stage() is Stage.EMBEDDING


def test_a_national_review_that_ends_waits_for_a_decision_that_is_taken_again(case_at):
    """RR-36: its end takes no case to its learning past the seats that have to sign."""
    case = case_at(Stage.RAPID_REVIEW, none_decided).answer(PanelAnswer.RUNS_NATIONAL)
    reopen(case, "2026-02-02")
    end_national(case, "2026-03-02")
    assert (case.stage(), todos(case)) == (Stage.NATIONAL_REVIEW, {"propose_decision"})
    case.propose(NONE, "2026-03-03").sign(sign_off.sign_rapid_review, "2026-03-04")
    assert (case.stage(), todos(case)) == (Stage.EMBEDDING, {"propose_plan"})


def test_the_last_partner_signs_beside_a_national_review_and_learning_that_has_begun(case_at):
    """RR-36, GOV-11: a decision without a local review leaves the learning where it is."""
    for again in (NONE, AWAY):
        case = case_at(Stage.RAPID_REVIEW, plan_agreed)
        case.answer(PanelAnswer.RUNS_NATIONAL, "2026-02-02")
        before = todos(case)
        reopen(case, "2026-03-02")
        case.propose(again, "2026-03-03").sign(sign_off.sign_rapid_review, "2026-03-04")
        assert (case.stage(), todos(case), case.row().outcome) == (Stage.EMBEDDING, before, again)
        end_national(case, "2026-04-01")
        assert case.stage() is Stage.EMBEDDING


@pytest.mark.parametrize(
    ("stage", "outcome", "runs"),
    [*product((Stage.WITH_PANEL, Stage.EMBEDDING), (LOCAL, NONE, AWAY), (True, False))],
)
def test_whatever_is_decided_again_the_last_signature_is_kept(stage, outcome, runs, case_at):
    """RR-36: from each stage, with a national review and without."""
    case = case_at(Stage.RAPID_REVIEW, plan_agreed if stage is Stage.EMBEDDING else none_decided)
    case.answer(PanelAnswer.RUNS_NATIONAL if runs else PanelAnswer.QUERIES, "2026-02-02")
    reopen(case, "2026-03-02")
    case.propose(outcome, "2026-03-03").sign(sign_off.sign_rapid_review, "2026-03-04")
    assert case.row().outcome is outcome
    assert {"propose_decision", "sign_rapid_review"}.isdisjoint(todos(case))


def test_who_disagrees_with_a_course_after_the_national_review_is_put_another(beside):
    """GOV-14, K11: the question is open until every seat agrees, whatever has ended meanwhile."""
    put_course(beside, LocalCourse.ENDS, "2026-02-17")
    first, *others = beside.world.ours.parties
    beside.sign(sign_off.sign_rapid_review, "2026-02-17", *others)
    end_national(beside, "2026-02-20")
    beside.sign(sign_off.sign_rapid_review, "2026-02-21", first, position=Position.DISAGREES)
    assert "propose_local_course" in todos(beside)
    put_course(beside, LocalCourse.GOES_ON, "2026-02-22")
    beside.sign(sign_off.sign_rapid_review, "2026-02-23")
    assert (beside.stage(), beside.running()) == (Stage.LOCAL_REVIEW, [f"K11 {DUE}"])
    assert "propose_local_course" not in todos(beside)
    with pytest.raises(StepNotOpen, match="no national review"):
        put_course(beside, LocalCourse.ENDS, "2026-02-24")


@pytest.mark.parametrize("course", [LocalCourse.GOES_ON, LocalCourse.ENDS])
def test_a_course_that_is_being_signed_falls_when_later_information_reopens(course, beside):
    """RR-36, GOV-11: nobody signs what was reopened, and the partners are asked to decide again."""
    put_course(beside, course, "2026-02-17")
    first, *others = beside.world.ours.parties
    beside.sign(sign_off.sign_rapid_review, "2026-02-17", *others)
    reopen(beside, "2026-02-18")
    asked = todos(beside)
    assert {"propose_decision", "propose_local_course"} < asked
    assert "sign_rapid_review" not in asked
    with pytest.raises(StepNotOpen, match="put to the partners again first"):
        beside.sign(sign_off.sign_rapid_review, "2026-02-19", first)
    assert "propose_decision" in todos(beside)
    beside.propose(LOCAL, "2026-02-20").sign(sign_off.sign_rapid_review, "2026-02-20")
    assert (beside.stage(), beside.running()) == (Stage.LOCAL_REVIEW, [f"K11 {DUE}"])
    assert todos(beside) == asked - {"propose_decision"}
    put_course(beside, course, "2026-02-21")


def test_a_decision_that_is_being_signed_falls_when_later_information_reopens_it(case_at):
    """RR-36: the signatures of the round before do not pass over what has become known."""
    case = case_at(Stage.WITH_PANEL)
    reopen(case, "2026-01-15")
    case.propose(NONE, "2026-01-16")
    reopen(case, "2026-01-19")
    assert todos(case) == {"record_panel_answer", "propose_decision", "agree_terms"} | {
        "appoint_reviewer"
    }
    with pytest.raises(StepNotOpen, match="put to the partners again first"):
        case.sign(sign_off.sign_rapid_review, "2026-01-19")
    case.propose(LOCAL, "2026-01-20").sign(sign_off.sign_rapid_review, "2026-01-20")
    assert (case.row().outcome, case.stage()) == (LOCAL, Stage.WITH_PANEL)
    assert "propose_decision" not in todos(case)
