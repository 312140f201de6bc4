"""A national review of the Panel beside our local one: only the partners decide on ours."""

import pytest

from services.casework.steps.rapid_review.local_course import propose_local_course
from services.casework.steps.rapid_review.panel import end_national_review
from services.casework.steps.sign_off import sign_off
from services.domain.documents import DocumentKind
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.roles import Role
from services.domain.sign_off import Position
from services.domain.workflow import LocalCourse, Outcome, PanelAnswer, Stage
from tests import factories
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import NATIONAL, dispatches
from tests.panel_factories import propose_local_course as say

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
DUE = "2026-07-05"


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
