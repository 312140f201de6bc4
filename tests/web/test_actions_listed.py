"""The tracker on its page: whose actions are overdue is found by what stands there.

EMB-08, EMB-09: a page costs as many questions for many cases as for one.
"""

import pytest
from sqlalchemy import text

from services.casework.steps.embedding import briefings
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.many_cases import copy_case
from tests.plan_factories import write_briefing
from tests.statements import sent_by
from tests.web.collections_sent import Place
from tests.web.lists_read import cells, in_file
from tests.web.visitors import Answer
from tests.world import HOSPITAL, SCHOOL

MANAGER, WHEN, LATER, MANY = Role.BUSINESS_MANAGER, "2026-09-01", "2030-01-02", 60
SCHOOLS = "update agencies set kind = 'Education and training' where name = :name"
WORDY = "update actions set action = repeat('Every ward names a lead. ', 800)"


def with_two_owners(case: Driven) -> None:
    actions = say.propose_plan(case.agency(HOSPITAL), case.agency(SCHOOL))
    case.agree_on(actions, WHEN)
    case.do(briefings.write_briefing, write_briefing(), Role.REVIEW_GROUP_CHAIR, WHEN)


@pytest.fixture
def place(case_at, platform_postgres) -> Place:
    case = case_at(Stage.EMBEDDING, with_two_owners)
    admin = platform_postgres.admin_of(case.world.engine)
    with admin.begin() as link:
        link.execute(text(SCHOOLS), {"name": SCHOOL})
    return Place(case.world, when=LATER)


def owners(answer: Answer) -> set[str]:
    return set(cells(answer, "Owner"))


def test_every_overdue_action_of_the_schools_is_two_clicks_away(place: Place):
    tracker = place.person(MANAGER).get("/actions")
    assert owners(tracker) == {HOSPITAL, SCHOOL}
    way = tracker.page.find("a", string="Education and training: 1 overdue")
    assert owners(place.person(MANAGER).get(way["href"])) == {SCHOOL}
    asked = tracker.page.find("option", string="Education and training")
    chosen = place.person(MANAGER).get(f"/actions?kind={asked['value']}&standing=overdue")
    assert owners(chosen) == {SCHOOL}
    assert chosen.page.caption.get_text() == "1 of 2 actions"
    none = place.person(MANAGER).get(f"/actions?kind={asked['value']}&standing=complete")
    assert "None of 2 actions fits." in none.text


def test_many_actions_cost_as_many_questions_as_few_and_a_light_page(
    place: Place, platform_postgres
):
    manager = place.person(MANAGER)
    admin = platform_postgres.admin_of(place.world.engine)
    with admin.begin() as link:
        link.execute(text(WORDY))
        (case_id,) = link.execute(text("select id from cases")).scalars()
    copy_case(admin, case_id, 30, ("declarations", "actions", "entries"))
    addresses = ("/actions", "/actions?rating=none&source=review&sort=owner", "/actions/sharing")
    few = {}
    for where in addresses:
        manager.get(where)
        with sent_by(place.world.engine) as few[where]:
            manager.get(where)
    with admin.connect() as link:
        copied = link.execute(text("select id from cases where reference = 'EX-1'")).scalar_one()
    copy_case(admin, copied, MANY, ("declarations", "actions", "entries"), called="MORE")
    for where in addresses:
        with sent_by(place.world.engine) as sent:
            page = manager.get(where)
        assert page.status == 200
        assert len(sent) <= len(few[where]), where
        assert len(page.response.content) < 60_000, where
    assert page.page.caption.get_text().startswith("91 parts of plans: 1 to 25")


def test_the_file_has_all_of_a_long_text_and_an_agency_its_own_alone(
    place: Place, platform_postgres
):
    with platform_postgres.admin_of(place.world.engine).begin() as link:
        link.execute(text(WORDY))
    manager, agency = place.person(MANAGER), place.person(Role.AGENCY_LEAD, SCHOOL)
    shown = manager.get("/actions").page.select_one("td[data-label=Action]").get_text(strip=True)
    assert shown.endswith("…")
    assert len(shown) < 300
    head, *rows = in_file(manager.get("/lists/actions.csv?standing=overdue"))
    assert head[:3] == ["Case", "Action", "Owner"]
    assert [len(one[1]) for one in rows] == [len("Every ward names a lead. ") * 800] * 2
    assert len(in_file(agency.get("/lists/actions.csv"))) == 2
    assert agency.get("/actions").page.find(id="kind") is None
    assert agency.get("/lists/learning-to-share.csv").status == 403
    assert len(in_file(manager.get("/lists/learning-to-share.csv"))) == 2
