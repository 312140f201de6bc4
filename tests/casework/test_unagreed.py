"""A rapid review that is not agreed may go to the Panel for information, and decides nothing."""

import pytest

from services.casework.steps.rapid_review.unagreed import inform_of_unagreed
from services.casework.steps.sign_off import sign_off
from services.domain.dispatches import DispatchState, Notice
from services.domain.errors import StepNotOpen
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position
from services.domain.workflow import Stage, Step
from tests import panel_factories as say
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import nothing_changes
from tests.reached import decision_put
from tests.sent_out import dispatches_of

MANAGER, WHEN = Role.BUSINESS_MANAGER, "2026-01-05"


@pytest.fixture
def disputed(case_at) -> Driven:
    """A decision with which the police disagree, and which one seat has not signed."""
    case = case_at(Stage.RAPID_REVIEW, decision_put)
    case.sign(sign_off.sign_rapid_review, WHEN, Seat.LOCAL_AUTHORITY)
    no = {"position": Position.DISAGREES, "reasons": "The alert is not weighed."}
    return case.sign(sign_off.sign_rapid_review, WHEN, Seat.POLICE, **no)


def state_of(case: Driven) -> DispatchState:
    with case.world.act(MANAGER) as work:
        (one,) = dispatches_of(work.session, case.case_id, Notice.RAPID_REVIEW_UNAGREED)
        return one.state


def test_gov_11_its_face_says_who_does_not_agree_and_it_meets_no_clock(disputed):
    """GOV-11: nothing is decided and nothing submitted by it; K10 runs on, and no K11 begins."""
    before = disputed.running()
    disputed.do(inform_of_unagreed, say.inform_of_unagreed(), MANAGER, WHEN)
    assert (disputed.stage(), disputed.row().decided_on) == (Stage.RAPID_REVIEW, None)
    desk = Desk(disputed.world)
    desk.carry(disputed.case_id, Step.SUBMIT)
    paper = " ".join(desk.read_pdfs(disputed.case_id, "rapid_review_record")[-1].split())
    for words in (
        "Police (disagrees); integrated care board (has not signed)",
        "nothing is decided until every partner agrees",
        "The alert is not weighed.",
    ):
        assert words in paper
    assert state_of(disputed) is DispatchState.TO_SEND
    assert disputed.running() == before
    assert any(one.startswith("K10 ") for one in before)


def test_what_waits_to_go_for_information_is_dropped_once_every_seat_agrees(disputed):
    disputed.do(inform_of_unagreed, say.inform_of_unagreed(), MANAGER, WHEN)
    disputed.propose(when="2026-01-06").sign(sign_off.sign_rapid_review, "2026-01-06")
    assert state_of(disputed) is DispatchState.DROPPED


def test_nothing_goes_for_information_before_it_is_put_or_once_it_is_agreed(case_at, admin_of):
    for case in (
        case_at(Stage.RAPID_REVIEW),
        case_at(Stage.RAPID_REVIEW, decision_put).sign(sign_off.sign_rapid_review, WHEN),
    ):
        with (
            nothing_changes(admin_of(case), case.world),
            pytest.raises(StepNotOpen, match="No decision is before the partners"),
        ):
            case.do(inform_of_unagreed, say.inform_of_unagreed(), MANAGER, WHEN)
