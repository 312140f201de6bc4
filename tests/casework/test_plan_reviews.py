"""EMB-04: how often a plan is reviewed is the partnership's own, and it is reminded of it."""

from dataclasses import replace

import pytest

from services.casework.effects import policy_of
from services.casework.engine.reminders import enqueue_reminders
from services.casework.steps.embedding import action_plan, action_progress, plan_review
from services.casework.steps.plan_standing import plan_to_review
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.domain.actions import Rating
from services.domain.clocks.policy_json import policy_from_json, policy_to_json
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.kept import kept_of
from tests.plan_factories import review_plan

CHAIR, WHEN = Role.REVIEW_GROUP_CHAIR, "2026-09-01"


def has_interval(case: Driven) -> None:
    """Have the case go by a policy by which a plan is reviewed every three months."""
    with case.world.act(Role.BUSINESS_MANAGER) as work:
        row = get_case(work.session, case.case_id, for_change=True)
        row.policy = policy_to_json(replace(policy_of(row), plan_reviewed_every=3))
        work.session.add(row)


def every_three_months(case: Driven) -> None:
    """Have the case go by a policy that says how often, and agree on a plan of two actions."""
    has_interval(case)
    case.agree_on(say.propose_plan(case.agency(), case.agency()), WHEN)


@pytest.fixture
def planned(case_at) -> Driven:
    return case_at(Stage.EMBEDDING, every_three_months)


def asked_by(case: Driven) -> list[str]:
    return [str(one.last_day) for one in case.turns() if one.todo == "review_plan"]


def test_the_policy_has_a_plan_reviewed_from_the_day_on_which_it_is_in_force(planned):
    """EMB-04: the review group is asked by the interval, and each review sets the next day."""
    assert asked_by(planned) == ["2026-12-01"]
    said = review_plan(1, 2, reviewed_on="2026-11-01", next_on="2027-01-15")
    planned.do(plan_review.review_plan, said, CHAIR, "2026-11-01")
    assert asked_by(planned) == ["2027-01-15"]
    late = review_plan(1, 2, reviewed_on="2026-11-01", next_on="2027-02-02")
    with pytest.raises(AnswerRefused, match="reviewed by Monday 1 February 2027"):
        planned.do(plan_review.review_plan, late, CHAIR, "2026-11-01")


def test_the_form_of_a_review_opens_with_each_open_action_as_it_was_rated_last(planned):
    """EMB-04: none is left out."""
    planned.do(plan_review.review_plan, review_plan(1, 2), CHAIR, WHEN)
    done = say.update_action(2)
    planned.do(action_progress.update_action, done, Role.AGENCY_LEAD, "2026-11-02")
    with planned.world.act(CHAIR) as work:
        opens = plan_to_review(work, get_case(work.session, planned.case_id))
    assert [(one.number, one.rating) for one in opens.ratings] == [(1, Rating.AMBER)]


def test_manager_and_chair_are_reminded_before_the_day_and_after_it_and_not_twice(
    planned, platform_postgres
):
    """EMB-04: a reminder by the day."""
    admin = platform_postgres.admin_of(planned.world.engine)
    asked = []
    for day in ("2026-11-16", "2026-11-17", "2026-11-20", "2026-12-01", "2026-12-02", "2026-12-20"):
        with planned.world.act(Role.BUSINESS_MANAGER, day) as work:
            enqueue_reminders(work)
        told = kept_of(admin, planned).emails
        asked.append(
            (
                told.count("plan_waits | review.group.chair"),
                told.count("plan_waits | business.manager"),
            )
        )
    assert asked == [(0, 0), (1, 1), (1, 1), (1, 1), (2, 2), (2, 2)]


def test_a_plan_names_the_day_of_its_first_review_and_each_partner_agrees_on_it(case_at):
    """EMB-04: no plan stands without a day of its review, whatever the policy names."""
    case = case_at(Stage.EMBEDDING)
    plan = say.propose_plan(case.agency(), review_on="2026-11-16")
    case.do(action_plan.propose_plan, plan, CHAIR, WHEN)
    assert asked_by(case) == []
    case.sign(sign_off.sign_proposed_plan, WHEN)
    assert asked_by(case) == ["2026-11-16"]


def test_a_plan_whose_review_is_not_to_come_or_later_than_the_policy_says_is_refused(case_at):
    """EMB-04: the day is still to come, and within the interval that the policy names."""
    case = case_at(Stage.EMBEDDING)
    for day, because in ((WHEN, "still to come"), ("2026-12-02", "by Tuesday 1 December 2026")):
        if day != WHEN:
            has_interval(case)
        plan = say.propose_plan(case.agency(), review_on=day)
        with pytest.raises(AnswerRefused, match=because) as refused:
            case.do(action_plan.propose_plan, plan, CHAIR, WHEN)
        assert refused.value.field == "review_on"


def test_a_further_plan_is_reviewed_by_the_earlier_of_the_two_days(case_at):
    """EMB-04: actions that are added take no day from those that stand."""
    case = case_at(Stage.EMBEDDING)
    case.agree_on(say.propose_plan(case.agency(), review_on="2026-11-16"), WHEN)
    case.agree_on(say.propose_plan(case.agency(), review_on="2026-11-30"), WHEN)
    assert asked_by(case) == ["2026-11-16"]
    case.agree_on(say.propose_plan(case.agency(), review_on="2026-10-19"), WHEN)
    assert asked_by(case) == ["2026-10-19"]


def test_a_plan_put_before_its_day_was_asked_for_is_reviewed_too(case_at, platform_postgres):
    """EMB-04: its review is asked for without a day where the policy names no interval."""
    case = case_at(Stage.EMBEDDING)
    case.do(action_plan.propose_plan, say.propose_plan(case.agency()), CHAIR, WHEN)
    with platform_postgres.admin_of(case.world.engine).begin() as link:
        link.exec_driver_sql(
            "update entries set command = command - 'review_on' where act = 'propose_plan'"
        )
    case.sign(sign_off.sign_proposed_plan, WHEN)
    assert asked_by(case) == ["None"]


def test_a_policy_says_how_often_only_where_it_was_chosen():
    """The release before knows no such word in a policy."""
    assert "plan_reviewed_every" not in policy_to_json(policy_from_json({}))
    chosen = policy_from_json({"plan_reviewed_every": 3})
    assert policy_from_json(policy_to_json(chosen)) == chosen


def test_a_plan_of_which_nothing_is_open_is_not_reviewed_and_nobody_is_asked_to(planned):
    """EMB-04: the next review is of open actions alone."""
    for number in (1, 2):
        done = say.update_action(number)
        planned.do(action_progress.update_action, done, Role.AGENCY_LEAD, WHEN)
    assert asked_by(planned) == []
    with pytest.raises(StepNotOpen, match="while an action of it is open"):
        planned.do(plan_review.review_plan, review_plan(ratings=()), CHAIR, WHEN)
    assert asked_by(planned) == []
