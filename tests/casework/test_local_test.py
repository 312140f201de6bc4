"""A partnership's own test: whatever is said to it, or nothing, everything goes on as it would."""

from itertools import product
from pathlib import Path
from uuid import uuid4

import pytest

from services.casework.acts import ACTS
from services.casework.steps.local_test import ANSWER_LOCAL_TEST, answer_local_test, points_of
from services.casework.steps.notification.notification_decision import DECIDE_TO_NOTIFY
from services.casework.steps.rapid_review.rapid_review import PROPOSE_DECISION
from services.casework.steps.referral.referral import REFER
from services.database.cases import get_case
from services.domain.clocks.local_guides import PointAnswer
from services.domain.clocks.policy import NATIONAL
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.web.act_form import options_for
from services.web.act_pages.registry import ACT_PAGES
from services.web.view_models.local_guides import guides_beside
from services.web.view_models.said_before import said_before
from tests.driven import Driven
from tests.kept import Traces
from tests.policy_factories import NEW, STEER, WIDER, WITH_STEPS
from tests.policy_factories import answer_local_test as answers
from tests.world import World, make_world

LEAD, MANAGER, NOTIFIER = Role.AGENCY_LEAD, Role.BUSINESS_MANAGER, Role.NOTIFIER
ON, SERVICES = "2025-12-12 11:30", Path(__file__).parents[2] / "services"


def guided(world: World) -> World:
    """Return a world whose partnership has a test of two points, and a steer."""
    return make_world(world.engine, WITH_STEPS)


def say(case: Driven, when: str, **said: PointAnswer | None) -> None:
    """Answer the points that are said, if any is."""
    rows = [
        {"point": point.id, "answer": said[name], "why": None}
        for name, point in (("wider", WIDER), ("new", NEW))
        if said[name] is not None
    ]
    if rows:
        case.do(answer_local_test, answers(WIDER.id, answers=rows), LEAD, when)


def stands(case: Driven) -> tuple[Stage, list[str], list[str]]:
    """Return what a case has come to: its stage, what runs, and whose turn it is."""
    turns = [f"{one.todo} {one.subject} {one.last_day}" for one in case.turns()]
    return case.stage(), sorted(case.running()), sorted(turns)


def test_no_answer_and_none_that_is_missing_moves_the_decision_to_notify_or_what_follows(world):
    """5A: each answer to each point and none, before it is decided and after, either way."""
    world = guided(world)
    usual = {}
    said = (None, *PointAnswer)
    for is_notified, wider, new in product((True, False), said, said):
        case = Driven(world)
        say(case, ON, wider=wider, new=new)
        before = stands(case)
        case.decide(notify=is_notified)
        decided = stands(case)
        say(case, "2025-12-12 13:00", wider=new, new=wider)
        if is_notified:
            case.notify()
        told = (before, decided, stands(case))
        assert usual.setdefault(is_notified, told) == told, (wider, new)
    assert {told[-1][0] for told in usual.values()} == {Stage.RAPID_REVIEW, Stage.NOT_NOTIFIED}


def test_a_rapid_review_is_carried_out_whatever_the_test_says_and_reads_it_beside_itself(world):
    """5A: the answers stand beside the recommendation, and never beside the decision to notify."""
    case = Driven(guided(world))
    say(case, ON, wider=PointAnswer.NO, new=PointAnswer.NO)
    with case.world.act(NOTIFIER, ON) as work:
        row = get_case(work.session, case.case_id)
        assert guides_beside(work, DECIDE_TO_NOTIFY, row) is None
        told = [one.text for told in said_before(work, DECIDE_TO_NOTIFY, row) for one in told.said]
        assert WIDER.text not in " ".join(told)
    case.decide().notify().scope()
    with case.world.act(MANAGER, "2025-12-30") as work:
        row = get_case(work.session, case.case_id)
        told = [one.text for told in said_before(work, PROPOSE_DECISION, row) for one in told.said]
        assert WIDER.text in " ".join(told)
        beside = guides_beside(work, PROPOSE_DECISION, row)
        assert beside is not None
        assert (beside.points, beside.steers) == ((NEW.text,), ())
    assert case.review().stage() is Stage.WITH_PANEL


def test_an_answer_is_kept_and_leaves_nothing_else(world, left_by):
    """5A: one entry in the words that the points have here; no clock, todo, paper or email."""
    case = Driven(guided(world))
    assert left_by(case, answer_local_test, answers(WIDER.id), who=LEAD, when=ON) == Traces(
        entries=["local_test_answered"]
    )
    with case.world.act(MANAGER, ON) as work:
        row = get_case(work.session, case.case_id)
        assert ANSWER_LOCAL_TEST.is_offered is not None
        assert ANSWER_LOCAL_TEST.is_offered(work, row)
        offered = options_for(work, ACT_PAGES["answer_local_test"], row)["answers.point"]
        assert [one.label for one in offered] == [WIDER.text, NEW.text]
        beside = guides_beside(work, REFER, None)
        assert beside is not None
        assert (beside.points, beside.steers) == ((WIDER.text,), (STEER.text,))


def test_what_is_no_point_stands_there_twice_or_says_nothing_is_refused(world):
    case = Driven(guided(world))
    for points, answer in (
        ([uuid4()], "yes"),
        ([STEER.id], "yes"),
        ([WIDER.id, WIDER.id], "yes"),
        ([WIDER.id], None),
    ):
        told = [{"point": one, "answer": answer, "why": None} for one in points]
        with pytest.raises(AnswerRefused) as refused:
            case.do(answer_local_test, answers(WIDER.id, answers=told), LEAD, ON)
        assert refused.value.field == "answers"


def test_a_partnership_without_a_test_is_asked_nothing(world):
    case = Driven(make_world(world.engine, NATIONAL))
    with case.world.act(MANAGER, ON) as work:
        row = get_case(work.session, case.case_id)
        assert points_of(row) == ()
        assert guides_beside(work, REFER, None) is None


def test_nothing_but_what_shows_it_reads_what_was_answered():
    """5A: what no act and no clock reads can stop, delay and answer beforehand nothing."""
    kept = EntryType.LOCAL_TEST_ANSWERED
    shown = {name for name, act in ACTS.items() if kept in act.shows}
    assert shown == {"propose_decision", "consider_request"}
    readers = {
        one.stem
        for one in SERVICES.rglob("*.py")
        if kept.name in one.read_text() or ".guides" in one.read_text()
    }
    assert readers == {
        *("entry_types", "local_test", "rapid_review", "request_consideration"),
        *("policy", "policy_form", "policy_json", "policy_words", "local_guides"),
    }
