"""A national review of the Panel beside our local one: only the partners decide on ours."""

import pytest

from services.casework.steps.rapid_review.local_course import propose_local_course
from services.casework.steps.rapid_review.panel import end_national_review
from services.casework.steps.rapid_review.panel_reply import reply_to_panel
from services.casework.steps.sign_off import sign_off
from services.domain.documents import DocumentKind
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.roles import Role
from services.domain.sign_off import Position
from services.domain.workflow import LocalCourse, Outcome, PanelAnswer, Stage
from tests import factories
from tests.bad_input.stage import PASSWORD
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import NATIONAL, Traces, dispatches
from tests.panel_factories import propose_local_course as say
from tests.panel_factories import reply_to_panel as reply
from tests.put_terms import put_terms
from tests.reached import carry_on
from tests.web.collections_sent import Place
from tests.web.visitors import Visitor

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
DUE = "2026-07-05"
NONE, AWAY = Outcome.NO_FURTHER_REVIEW, Outcome.NATIONAL_REVIEW


@pytest.fixture
def beside(case_at) -> Driven:
    """A case whose partners decided on a local review, on which the Panel runs a national one."""
    return case_at(Stage.WITH_PANEL).answer(PanelAnswer.RUNS_NATIONAL)


def settle(case: Driven, course: LocalCourse, when: str = "2026-01-26") -> Driven:
    case.do(propose_local_course, say(course), CHAIR, when)
    return case.sign(sign_off.sign_rapid_review, when)


def todos(case: Driven) -> set[str]:
    return {one.todo.value for one in case.turns()}


def end(case: Driven, when: str = "2026-04-01") -> None:
    said = factories.end_national_review(ended_on=when)
    case.do(end_national_review, said, MANAGER, when)


def test_a_national_review_never_ends_the_local_one(beside):
    """K11, GOV-14: the six months run on, and the partners are asked what becomes of theirs."""
    assert beside.stage() is Stage.NATIONAL_REVIEW
    assert beside.running() == [f"K11 {DUE}"]
    assert todos(beside) == {"propose_local_course", "end_national_review"}
    end(beside)
    assert (beside.stage(), beside.running()) == (Stage.NATIONAL_REVIEW, [f"K11 {DUE}"])
    assert todos(beside) == {"propose_local_course"}


def test_the_local_review_goes_on_beside_the_national_one(beside):
    settle(beside, LocalCourse.GOES_ON)
    assert (beside.stage(), beside.running()) == (Stage.COMMISSIONING, [f"K11 {DUE}"])
    end(beside)
    assert beside.stage() is Stage.COMMISSIONING
    with pytest.raises(StepNotOpen, match="no national review"):
        end(beside)


def test_the_agreement_to_the_decision_in_force_is_not_told_as_one_that_counts_no_more(beside):
    """GOV-14: what becomes of the local review is a round of its own beside that decision."""
    beside.do(propose_local_course, say(LocalCourse.GOES_ON), CHAIR, "2026-01-26")
    place = Place(beside.world, when="2026-01-26")
    partner, ours = Visitor(place.app), beside.world.ours
    email = ours.email(Role.SAFEGUARDING_PARTNER, next(iter(ours.parties)).seat)
    assert partner.sign_in(email, PASSWORD).status == 303
    page = partner.get(f"/cases/{beside.case_id}/sign-off/rapid-review").text
    assert "Agreement in earlier rounds:" in page
    assert "no longer counts" not in page


def test_the_local_review_stands_until_the_national_one_has_ended(beside):
    settle(beside, LocalCourse.STANDS)
    assert todos(beside) == {"end_national_review"}
    end(beside)
    assert todos(beside) == {"propose_local_course"}
    with pytest.raises(AnswerRefused, match="has ended"):
        beside.do(propose_local_course, say(LocalCourse.STANDS), CHAIR, "2026-04-02")
    settle(beside, LocalCourse.GOES_ON, "2026-04-02")
    assert (beside.stage(), beside.running()) == (Stage.COMMISSIONING, [f"K11 {DUE}"])


def test_the_local_review_ends_by_the_signatures_of_all_seats_and_is_told(beside, left_by):
    """K11, GOV-16: one partner against it, and the clock runs on."""
    beside.do(propose_local_course, say(LocalCourse.ENDS), CHAIR, "2026-01-26")
    disagrees = factories.sign(round=2, position=Position.DISAGREES)
    first, *others = beside.world.ours.parties
    partner = beside.world.ours.partner(first)
    beside.do(sign_off.sign_rapid_review, disagrees, partner, "2026-01-26")
    assert beside.running() == [f"K11 {DUE}"]
    assert "propose_local_course" in todos(beside)
    beside.do(propose_local_course, say(LocalCourse.ENDS), CHAIR, "2026-01-27")
    beside.sign(sign_off.sign_rapid_review, "2026-01-27", first, *others[:-1])
    assert beside.running() == [f"K11 {DUE}"]
    last = beside.world.ours.partner(others[-1])
    agrees = factories.sign(round=3)
    left = left_by(beside, sign_off.sign_rapid_review, agrees, who=last, when="2026-01-27")
    assert left.clocks == ["K11 ended 2026-01-27"]
    assert left.dispatches == dispatches("commissioning_decided", "being_made", *NATIONAL)
    assert todos(beside) == {"end_national_review"}
    desk = Desk(beside.world)
    desk.carry(beside.case_id)
    told = desk.read(beside.case_id, DocumentKind.COMMISSIONING_NOTICE)
    assert any("the national one takes its place" in text for text in told)
    end(beside)
    assert beside.stage() is Stage.EMBEDDING


def test_without_a_local_review_there_is_nothing_to_settle(case_at):
    case = case_at(Stage.RAPID_REVIEW).review(Outcome.NATIONAL_REVIEW)
    case.answer(PanelAnswer.AGREES)
    with pytest.raises(StepNotOpen, match="no local review"):
        case.do(propose_local_course, say(), CHAIR, "2026-01-26")


def terms_put(case: Driven) -> None:
    """Begin the commissioning while the Panel's answer is open."""
    put_terms(case, "2026-01-12")


def opened(case: Driven) -> None:
    """Open the local review while the Panel's answer is open."""
    case.commission()


def plan_put(case: Driven) -> None:
    """Agree on the plan of a rapid review without a local one, while the answer is open."""
    case.review(NONE).agree_on(factories.propose_plan(case.agency()), "2026-01-12")


def recommended(case: Driven) -> None:
    """Recommend a national review, and agree on the plan meanwhile."""
    case.review(AWAY).agree_on(factories.propose_plan(case.agency()), "2026-01-12")


@pytest.fixture
def begun(case_at) -> Driven:
    return case_at(Stage.WITH_PANEL, terms_put)


@pytest.fixture
def under_way(case_at) -> Driven:
    return case_at(Stage.WITH_PANEL, opened)


def test_a_national_review_comes_beside_a_local_one_that_has_begun(under_way):
    """GOV-14, K11: nothing moves; the partners are asked what becomes of theirs, and it goes on."""
    case = under_way
    before = todos(case) - {"record_panel_answer"}
    case.answer(PanelAnswer.RUNS_NATIONAL, "2026-03-02")
    beside = {"end_national_review", "propose_local_course"}
    assert (case.stage(), case.running()) == (Stage.LOCAL_REVIEW, [f"K11 {DUE}"])
    assert todos(case) == before | beside
    settle(case, LocalCourse.GOES_ON, "2026-03-03")
    assert todos(case) == before | {"end_national_review"}
    end(case, "2026-04-01")
    assert (case.stage(), case.running(), todos(case)) == (
        Stage.LOCAL_REVIEW,
        [f"K11 {DUE}"],
        before,
    )
    with pytest.raises(StepNotOpen, match="no national review"):
        case.do(propose_local_course, say(), CHAIR, "2026-04-02")


def test_what_has_begun_of_a_local_review_does_not_stand(begun, under_way):
    """GOV-14: a standstill would stop nothing of it; it goes on, or all seats end it."""
    for case in (begun, under_way):
        case.answer(PanelAnswer.RUNS_NATIONAL, "2026-03-02")
        with pytest.raises(AnswerRefused, match="has begun: it goes on, or it ends") as error:
            case.do(propose_local_course, say(LocalCourse.STANDS), CHAIR, "2026-03-03")
        assert error.value.field == "course"
        settle(case, LocalCourse.GOES_ON, "2026-03-03")


def test_a_local_review_that_has_begun_ends_beside_a_national_one_by_all_seats(under_way):
    case = under_way.answer(PanelAnswer.RUNS_NATIONAL, "2026-03-02")
    settle(case, LocalCourse.ENDS, "2026-03-03")
    assert (case.stage(), case.running()) == (Stage.NATIONAL_REVIEW, [])
    assert todos(case) == {"end_national_review"}


def test_a_signed_report_ends_the_question_whether_there_is_a_local_review(under_way):
    case = under_way.answer(PanelAnswer.RUNS_NATIONAL, "2026-03-02")
    carry_on(case, Stage.PUBLICATION)
    assert todos(case) == {
        "end_national_review",
        "plan_publication",
        "monitor_review",
        "propose_plan",
    }
    end(case, "2026-06-02")
    assert todos(case) == {"plan_publication", "monitor_review", "propose_plan"}


def test_a_national_review_comes_beside_learning_that_is_acted_on(case_at):
    case = case_at(Stage.RAPID_REVIEW, plan_put).answer(PanelAnswer.RUNS_NATIONAL, "2026-02-02")
    assert (case.stage(), case.actions()) == (Stage.EMBEDDING, ["OPEN"])
    assert todos(case) == {"end_national_review", "update_actions", "review_plan"}
    end(case, "2026-04-01")
    assert (case.stage(), todos(case)) == (Stage.EMBEDDING, {"update_actions", "review_plan"})


def test_a_national_review_that_partners_recommend_and_keep_to_is_awaited_where_they_stand(case_at):
    case = case_at(Stage.RAPID_REVIEW, recommended).answer(PanelAnswer.QUERIES, "2026-02-02")
    case.do(reply_to_panel, reply(), Role.SAFEGUARDING_PARTNER, "2026-02-03")
    assert case.stage() is Stage.EMBEDDING
    assert todos(case) == {"record_panel_answer", "update_actions", "review_plan"}
    assert case.answer(PanelAnswer.NEITHER, "2026-02-16").stage() is Stage.EMBEDDING


def test_a_national_review_that_outlasts_the_case_has_its_end_recorded(case_at, left_by):
    """GOV-14: the close waits for no national review; what it asks is put on record then."""
    case = case_at(Stage.WITH_PANEL).commission().answer(PanelAnswer.RUNS_NATIONAL, "2026-02-16")
    carry_on(case, Stage.CLOSED)
    assert todos(case) == set()
    said = factories.end_national_review(ended_on="2026-11-02")
    left = left_by(case, end_national_review, said, who=MANAGER, when="2026-11-02")
    assert left == Traces(entries=["national_review_ended"])
    assert case.stage() is Stage.CLOSED
    with pytest.raises(StepNotOpen, match="no national review"):
        end(case, "2026-11-03")
