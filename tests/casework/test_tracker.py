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
from services.web.view_models.actions_table import actions_table, actions_tracked
from services.web.view_models.plan_actions import action_lines
from services.web.view_models.table_shown import TableCell
from services.web.view_models.todos import of_case
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
    return [int(row[0].hint.split()[1]) for row in tracked(case, who, when, **narrowed)]


def tracked(
    case: Driven, who: Role, when: str = WHEN, **narrowed: str
) -> list[tuple[TableCell, ...]]:
    where = {"agency": SCHOOL} if who is Role.AGENCY_LEAD else {}
    with case.world.act(who, when, **where) as work:
        reference = get_case(work.session, case.case_id).reference
        found = actions_table(work, narrowed)
    return [row for row in found.rows if row[0].text == reference]


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
    hospital = str(planned.world.ours.agency(HOSPITAL))
    assert numbers(planned, MANAGER, agency=school) == []
    assert sorted(numbers(planned, MANAGER, agency=hospital)) == [1, 2]
    assert sorted(numbers(planned, MANAGER, agency=others)) == [1, 2]
    assert sorted(numbers(planned, MANAGER, kind="example")) == [1, 2]
    assert sorted(numbers(planned, MANAGER, agency="' or 1=1")) == [1, 2]


def test_the_post_that_answers_stands_with_its_agency_in_tracker_case_todo_and_form(planned):
    """EMB-03, EMB-08: owner person, by post, and agency: one of each action."""
    for who, where in ((CHAIR, {}), (Role.AGENCY_LEAD, {"agency": HOSPITAL})):
        with planned.world.act(who, WHEN, **where) as work:
            case = get_case(work.session, planned.case_id)
            lines = [one for one in actions_table(work, {}).rows if one[0].text == case.reference]
            asked = [one.what for one in of_case(work, case) if one.todo is Todo.UPDATE_ACTIONS]
            said, owned = own_actions(work, case), action_lines(work, case, {})
        assert [one[2].hint for one in lines] == [SAID, SAID]
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
        shown = actions_tracked(work, {})
    counted = {one.words: one.many for one in shown.standings}
    assert counted["overdue"] >= 1
    assert shown.table.total == sum(counted.values()) >= 2
    assert sum(one.many for one in shown.overdue) == counted["overdue"]


def test_who_may_not_open_a_case_sees_none_of_its_actions(planned):
    """LC-01: nobody who has yet to declare, and nobody of another partnership."""
    stranger = planned.world.theirs.actor(MANAGER)
    with planned.world.act(stranger, WHEN) as work:
        assert actions_table(work, {}).total == 0
    with planned.world.act(Role.COMMUNICATIONS_LEAD, WHEN) as work:
        assert actions_table(work, {}).rows == []


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
        everything = actions_table(work, {}).rows
        pages = [{"page": str(one)} for one in range(1, len(everything) + 1)]
        alone = [actions_table(work, one, 1) for one in pages]
        last = actions_table(work, {"page": "999999"}, 1)
    assert [one for page in alone for one in page.rows] == everything
    assert {(one.found.matching, one.found.pages) for one in alone} == {(len(everything),) * 2}
    assert (last.found.number, last.rows) == (len(everything), everything[-1:])
    admin = platform_postgres.admin_of(world.engine)
    asked = "select count(*) from viewings where what = 'actions'"
    with admin.connect() as link:
        before = link.execute(text(asked)).scalar_one()
    with world.act(MANAGER, WHEN) as work:
        assert len(actions_table(work, {}, 1).rows) == 1
    with admin.connect() as link:
        assert link.execute(text(asked)).scalar_one() == before + 1
