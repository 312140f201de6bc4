"""EMB-08, EMB-09: the actions of every plan in one place, within what a person may read."""

import pytest
from sqlalchemy import text

from services.casework.steps.embedding import action_progress, plan_review
from services.database.cases import get_case
from services.domain.actions import Followed, Rating
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.act_pages.actions_noted import own_actions
from services.web.view_models.plan_actions import action_lines
from services.web.view_models.todos import of_case
from services.web.view_models.tracker import Narrowing, tracked
from tests import factories as say
from tests.driven import Driven
from tests.plan_factories import review_plan
from tests.words import SAID
from tests.world import HOSPITAL, SCHOOL

MANAGER, CHAIR, WHEN = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, "2026-09-01"
LATER = "2030-01-02"


def with_two_actions(case: Driven) -> None:
    case.agree_on(say.propose_plan(case.agency(), case.agency()), WHEN)


@pytest.fixture
def planned(case_at) -> Driven:
    return case_at(Stage.EMBEDDING, with_two_actions)


def numbers(case: Driven, who: Role, when: str = WHEN, **narrowed: str) -> list[int]:
    where = {"agency": SCHOOL} if who is Role.AGENCY_LEAD else {}
    with case.world.act(who, when, **where) as work:
        found = tracked(work, Narrowing(**narrowed))
        return [one.number for one in found.lines if one.case_id == case.case_id]


def test_it_is_narrowed_by_codes_of_the_address_and_what_is_none_narrows_nothing(planned):
    planned.do(plan_review.review_plan, review_plan(1, 2), CHAIR, WHEN)
    assert sorted(numbers(planned, MANAGER)) == [1, 2]
    assert sorted(numbers(planned, MANAGER, rating=Rating.AMBER.value)) == [1, 2]
    assert numbers(planned, MANAGER, rating=Rating.RED.value) == []
    assert numbers(planned, MANAGER, rating="none") == []
    assert sorted(numbers(planned, MANAGER, rating="no such rating")) == [1, 2]
    assert numbers(planned, MANAGER, standing=Followed.OVERDUE.value) == []
    assert sorted(numbers(planned, MANAGER, LATER, standing=Followed.OVERDUE.value)) == [1, 2]
    school = str(planned.world.ours.agency(SCHOOL))
    others = "00000000-0000-0000-0000-000000000000"
    assert sorted(numbers(planned, MANAGER, agency=school)) in ([1, 2], [])
    assert numbers(planned, MANAGER, agency=others) == []
    assert sorted(numbers(planned, MANAGER, agency="' or 1=1")) == [1, 2]


def test_the_post_that_answers_stands_with_its_agency_in_tracker_case_todo_and_form(planned):
    """EMB-03, EMB-08: owner person, by post, and agency: one of each action."""
    for who, where in ((CHAIR, {}), (Role.AGENCY_LEAD, {"agency": HOSPITAL})):
        with planned.world.act(who, WHEN, **where) as work:
            case = get_case(work.session, planned.case_id)
            lines = [one for one in tracked(work, Narrowing()).lines if one.case_id == case.id]
            asked = [one.what for one in of_case(work, case) if one.todo is Todo.UPDATE_ACTIONS]
            said, owned = own_actions(work, case), action_lines(work, case, {})
        assert [one.owner for one in lines] == [SAID, SAID]
        assert [one.endswith(f": {SAID}") for one in asked] == [True]
        assert said.startswith("Action 1: ")
        assert f": {SAID}, by Tue 1 Dec 2026)." in said
        assert [owner for _, owner in owned] == [f"An agency: {SAID}"] * 2
    with planned.world.act(Role.AGENCY_LEAD, WHEN, agency=SCHOOL) as work:
        assert own_actions(work, get_case(work.session, planned.case_id)) == ""


def test_an_action_that_is_complete_is_not_overdue_however_late_it_is(planned):
    planned.do(action_progress.update_action, say.update_action(2), Role.AGENCY_LEAD, WHEN)
    assert numbers(planned, MANAGER, LATER, standing=Followed.COMPLETE.value) == [2]
    assert numbers(planned, MANAGER, LATER, standing=Followed.OVERDUE.value) == [1]
    with planned.world.act(MANAGER, LATER) as work:
        found = tracked(work, Narrowing())
    assert found.counts[Followed.OVERDUE] >= 1
    assert found.total == sum(found.counts.values()) >= 2


def test_who_may_not_open_a_case_sees_none_of_its_actions(planned):
    """LC-01: nobody who has yet to declare, and nobody of another partnership."""
    stranger = planned.world.theirs.actor(MANAGER)
    with planned.world.act(stranger, WHEN) as work:
        assert tracked(work, Narrowing()).total == 0
    with planned.world.act(Role.COMMUNICATIONS_LEAD, WHEN) as work:
        assert tracked(work, Narrowing()).lines == []


def test_a_look_at_its_actions_stands_in_the_record_of_who_saw_the_case(planned, platform_postgres):
    admin = platform_postgres.admin_of(planned.world.engine)
    asked = "select count(*) from viewings where what = 'actions' and case_id = :case"
    numbers(planned, MANAGER)
    with admin.connect() as link:
        assert link.execute(text(asked), {"case": planned.case_id}).scalar_one() == 1


def test_a_long_list_is_shown_page_by_page_and_only_what_is_shown_was_looked_at(
    planned, platform_postgres
):
    """EMB-08: the first page of other cases leaves no record of who saw this one."""
    world = planned.world
    with world.act(MANAGER, WHEN) as work:
        everything = tracked(work, Narrowing()).lines
        alone = [tracked(work, Narrowing(), page, most=1) for page in range(1, len(everything) + 1)]
        last = tracked(work, Narrowing(), 999_999, most=1)
    assert [one for page in alone for one in page.lines] == everything
    assert {(one.fitting, one.pages) for one in alone} == {(len(everything), len(everything))}
    assert (last.number, last.lines) == (len(everything), everything[-1:])
    admin = platform_postgres.admin_of(world.engine)
    asked = "select count(*) from viewings where what = 'actions'"
    with admin.connect() as link:
        before = link.execute(text(asked)).scalar_one()
    with world.act(MANAGER, WHEN) as work:
        assert len(tracked(work, Narrowing(), 1, most=1).lines) == 1
    with admin.connect() as link:
        assert link.execute(text(asked)).scalar_one() == before + 1
