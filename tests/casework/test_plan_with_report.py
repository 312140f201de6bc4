"""The action plan is agreed by the partners with the report, before it is published (EMB-03)."""

import pytest

from services.casework.steps.embedding import action_plan, action_progress, plan_review
from services.casework.steps.sign_off import sign_off
from services.domain.errors import StepNotOpen
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import factories as say
from tests import plan_factories
from tests.driven import ASKED, Driven
from tests.kept import SEATS, turns
from tests.reached import in_repository

CHAIR, AGENCY, WHEN = Role.REVIEW_GROUP_CHAIR, Role.AGENCY_LEAD, "2026-06-08"


def asked(case: Driven) -> set[Todo]:
    return {one.todo for one in case.turns()}


def test_a_plan_is_put_with_the_report_and_not_while_it_is_written(case_at):
    """EMB-03: what is not before the partners yet has no plan."""
    written = case_at(Stage.LOCAL_REVIEW)
    plan = say.propose_plan(written.agency())
    with pytest.raises(StepNotOpen, match="not before them yet"):
        written.do(action_plan.propose_plan, plan, CHAIR, "2026-04-02")


def test_the_partners_own_report_and_plan_together_and_its_actions_run_before_publication(
    case_at, left_by
):
    """PUB-02, GOV-11: the plan is in force by their last signature, while the report waits."""
    case = case_at(Stage.PUBLICATION)
    assert Todo.PROPOSE_PLAN in asked(case)
    plan = say.propose_plan(*map(case.agency, ASKED))
    put = left_by(case, action_plan.propose_plan, plan, who=CHAIR, when=WHEN)
    assert put.opened == turns("sign_proposed_plan", *SEATS)
    case.sign(sign_off.sign_proposed_plan, WHEN)
    assert {Todo.UPDATE_ACTIONS, Todo.REVIEW_PLAN} <= asked(case)
    reviewed = plan_factories.review_plan(1, 2, reviewed_on=WHEN)
    case.do(plan_review.review_plan, reviewed, CHAIR, WHEN)
    for number, name in enumerate(ASKED, start=1):
        done = say.update_action(number)
        case.do(action_progress.update_action, done, AGENCY, WHEN, agency=name)
    assert not {Todo.SIGN_PLAN, Todo.PROPOSE_PLAN, Todo.UPDATE_ACTIONS} & asked(case)
    in_repository(case.plan().publish())
    # EMB-05: all of it was done meanwhile, so that the completed plan is the partners' to sign.
    assert asked(case) == {Todo.SIGN_PLAN}
