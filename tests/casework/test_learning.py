"""The action plan: agreed, followed up by each owner, completed or its risk accepted, closed."""

import pytest

from services.casework.steps import closing
from services.casework.steps.dispatches import dispatches
from services.casework.steps.dispatches.dispatches import SendByHand
from services.casework.steps.embedding import action_plan, action_progress
from services.casework.steps.sign_off import sign_off
from services.domain.actions import Progress
from services.domain.dispatches import Notice
from services.domain.errors import AnswerRefused, NotFound, NotPermitted, RuleBroken
from services.domain.mailboxes import NOT_PRODUCTION
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position
from services.domain.workflow import Outcome, Stage
from tests import factories as say
from tests.dispatch_factories import record_return, send_by_hand
from tests.driven import Driven
from tests.kept import AGENCIES, PARTNERS, SEATS, Traces, emails, turns
from tests.practice_seen import see_practice
from tests.sent_out import dispatches_of
from tests.world import SCHOOL

AGENCY, CHAIR, MANAGER = Role.AGENCY_LEAD, Role.REVIEW_GROUP_CHAIR, Role.BUSINESS_MANAGER
PARTNER = Role.SAFEGUARDING_PARTNER
WHEN = "2026-09-01"


def three_planned(case: Driven) -> None:
    """Agree on a plan: two actions of the hospital, one of the school."""
    actions = [
        {"agency": owner, "last_day": day}
        | dict.fromkeys(("recommendation", "action", "owner", "measure"), say.SAID)
        for owner, day in (
            (case.agency(), "2026-12-01"),
            (case.agency(), "2026-11-02"),
            (case.agency(SCHOOL), "2026-12-01"),
        )
    ]
    case.agree_on(say.propose_plan(actions=tuple(actions)), WHEN)


@pytest.fixture
def planned(case_at) -> Driven:
    return case_at(Stage.EMBEDDING, three_planned)


def update(case: Driven, number: int, **but) -> Driven:
    who = but.pop("who", AGENCY)
    agency = SCHOOL if number == 3 else None
    command = say.update_action(number, **but)
    case.do(
        action_progress.update_action, command, who, WHEN, agency=agency if who is AGENCY else None
    )
    return case


def test_each_owner_has_one_turn_by_its_earliest_day_and_each_action_a_clock(planned):
    """K14: each action has a clock of its own."""
    assert {(one.todo, str(one.last_day)) for one in planned.turns()} == {
        ("update_actions", "2026-11-02"),
        ("update_actions", "2026-12-01"),
        ("review_plan", "2026-12-01"),
    }
    assert [planned.due("K14", str(number)) for number in (1, 2, 3)] == [
        "2026-12-01",
        "2026-11-02",
        "2026-12-01",
    ]


def test_an_owners_turn_ends_with_its_last_action_and_the_partners_begins_with_the_last_of_all(
    planned, left_by
):
    done = {"who": AGENCY, "when": WHEN}
    first = left_by(planned, action_progress.update_action, say.update_action(1), **done)
    assert first == Traces(entries=["action_updated"], clocks=[f"K14 1 met {WHEN}"])
    second = left_by(planned, action_progress.update_action, say.update_action(2), **done)
    assert second.closed == ["update_actions | hospital"]
    third = left_by(
        planned, action_progress.update_action, say.update_action(3), **done, agency=SCHOOL
    )
    assert third == Traces(
        entries=["action_updated"],
        opened=turns("sign_plan", *SEATS),
        closed=["review_plan | review_group_chair", "update_actions | school"],
        clocks=[f"K14 3 met {WHEN}"],
        ordered=["embed | action_plan | v3"],
        emails=emails("sign_off_needed", *PARTNERS),
    )


def test_an_action_opened_again_runs_again_by_its_own_day(planned):
    update(update(update(planned, 1), 2), 3)
    update(planned, 2, progress=Progress.OPEN)
    assert planned.clock("K14", "2")["due"] == "2026-11-02"
    assert {(one.todo, str(one.last_day)) for one in planned.turns()} == {
        ("update_actions", "2026-11-02"),
        ("review_plan", "2026-12-01"),
    }


def test_an_agency_reports_on_its_own_actions_and_accepts_no_risk(planned):
    """EMB-08: an agency reports on its own actions and on no other."""
    command = say.update_action(3)
    with pytest.raises(NotPermitted, match="another agency"):
        planned.do(action_progress.update_action, command, AGENCY, WHEN)
    with pytest.raises(AnswerRefused, match="G11"):
        update(planned, 1, progress=Progress.RISK_ACCEPTED)
    update(planned, 1, who=MANAGER, progress=Progress.RISK_ACCEPTED)
    assert planned.actions() == ["RISK_ACCEPTED", "OPEN", "OPEN"]


def comes_back_from_repository(case: Driven) -> SendByHand:
    """Have the report come back that was sent to the repository; return how it is sent again."""
    with case.world.act(MANAGER, WHEN) as work:
        (sent,) = dispatches_of(work.session, case.case_id, Notice.REPORT_PUBLISHED)
        dispatch_id = sent.id
    returned = record_return(dispatch_id, returned_on=WHEN)
    case.do(dispatches.record_return, returned, MANAGER, WHEN)
    return send_by_hand(dispatch_id, sent_on="2026-10-01", address=NOT_PRODUCTION.nspcc)


def test_a_case_closes_when_every_action_is_done_and_signed(planned, left_by):
    """EMB-12, G11: and once practice is seen to have changed by each of them."""
    update(update(planned, 1), 2)
    with pytest.raises(RuleBroken, match="G11"):
        planned.do(closing.close, say.close(), PARTNER, "2026-10-01")
    update(planned, 3)
    with pytest.raises(RuleBroken, match="EMB-05"):
        planned.do(closing.close, say.close(), PARTNER, "2026-10-01")
    planned.sign(sign_off.sign_plan, WHEN)
    by_hand = comes_back_from_repository(planned)
    with pytest.raises(RuleBroken, match="the published report to"):
        planned.do(closing.close, say.close(), PARTNER, "2026-10-01")
    planned.do(dispatches.send_by_hand, by_hand, MANAGER, "2026-10-01")
    with pytest.raises(RuleBroken, match="EMB-12"):
        planned.do(closing.close, say.close(), PARTNER, "2026-10-01")
    see_practice(planned, "2026-10-01")
    left = left_by(planned, closing.close, say.close(), who=PARTNER, when="2026-10-01")
    assert left == Traces(
        entries=["case_closed"],
        closed=["close | safeguarding_partner"],
        clocks=["K15 due 2061-10-01"],
        ordered=["embed | action_plan | v4"],
        emails=[
            *emails("agencies_released", *AGENCIES),
            *emails("case_closed", "business.manager", *PARTNERS, "review.group.chair"),
        ],
    )
    assert (planned.stage(), planned.turns()) == (Stage.CLOSED, [])
    assert planned.clock("K13")["ended_on"] == ""


def test_actions_added_later_go_on_where_the_plan_ended(planned):
    planned.agree_on(say.propose_plan(planned.agency(SCHOOL)), WHEN)
    assert planned.due("K14", "4") == "2026-12-01"
    assert len(planned.actions()) == 4


@pytest.mark.parametrize("outcome", [Outcome.LOCAL_REVIEW, Outcome.NO_FURTHER_REVIEW])
def test_a_plan_is_in_force_once_every_partner_agrees_on_it(case_at, left_by, outcome):
    """GOV-11, PUB-02: after an LCSPR and after a rapid review alone; nothing is asked before."""
    local = outcome is Outcome.LOCAL_REVIEW
    case = case_at(Stage.EMBEDDING) if local else case_at(Stage.RAPID_REVIEW)
    if not local:
        case.review(outcome).answer(when=WHEN)
    plan = say.propose_plan(case.agency())
    left = left_by(case, action_plan.propose_plan, plan, who=CHAIR, when=WHEN)
    assert left == Traces(
        entries=["plan_proposed"],
        opened=turns("sign_proposed_plan", *SEATS),
        closed=["propose_plan | review_group_chair"],
        ordered=["embed | action_plan | v1"],
        emails=emails("sign_off_needed", *PARTNERS),
    )
    case.sign(sign_off.sign_proposed_plan, WHEN, *list(Seat)[:2])
    with pytest.raises(NotFound, match="no action with that number"):
        update(case, 1, who=MANAGER)
    assert not case.actions()
    assert not [one for one in case.running() if one.startswith("K14")]
    case.sign(sign_off.sign_proposed_plan, WHEN, list(Seat)[2])
    assert (case.actions(), case.due("K14", "1")) == (["OPEN"], "2026-12-01")
    assert {one.todo for one in case.turns()} == {"update_actions", "review_plan"}


def test_a_plan_that_a_partner_refuses_is_put_again_and_only_the_new_one_is_in_force(case_at):
    case = case_at(Stage.EMBEDDING)
    case.do(action_plan.propose_plan, say.propose_plan(case.agency()), CHAIR, WHEN)
    case.sign(sign_off.sign_proposed_plan, WHEN, position=Position.DISAGREES)
    assert {one.todo for one in case.turns()} == {"propose_plan", "resolve_disagreement"}
    case.agree_on(say.propose_plan(case.agency(SCHOOL), case.agency(SCHOOL)), WHEN)
    assert case.actions() == ["OPEN", "OPEN"]
    owing = [one for one in case.turns() if one.todo == "update_actions"]
    assert {one.agency_id for one in owing} == {case.agency(SCHOOL)}


def test_further_actions_that_wait_for_the_partners_hold_back_sign_off_and_close(planned):
    """GOV-11: a plan is not completed while a part of it waits for the partners."""
    planned.do(action_plan.propose_plan, say.propose_plan(planned.agency()), CHAIR, WHEN)
    update(update(update(planned, 1), 2), 3)
    assert "sign_plan" not in {one.todo for one in planned.turns()}
    for act, command in (
        (sign_off.sign_plan, say.sign(round=3)),
        (closing.close, say.close()),
    ):
        with pytest.raises(RuleBroken, match="Further actions wait"):
            planned.do(act, command, planned.world.ours.actor(PARTNER), WHEN)
    planned.sign(sign_off.sign_proposed_plan, WHEN)
    assert planned.actions()[3:] == ["OPEN"]
