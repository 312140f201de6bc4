"""What needs you today: tasks and time limits in one list, whose turn it is, and what it costs."""

import pytest
from sqlalchemy import text

from deployments.demo.partnerships import PLACES
from services.domain.identifiers import CaseId
from services.web.view_models.home import MOST
from tests.many_cases import copy_case
from tests.statements import sent_by
from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Visitor

MANY = 1500
COPIED = ("declarations", "assignments", "running_clocks")
BIG = 60 * 1024
STAND_IN = """
    insert into memberships (tenant_id, id, person_id, role, seat, authority, agency_id, decides,
                             accountable_to, from_on, to_on, deputy_of)
    select away.tenant_id, gen_random_uuid(), stands.person_id, away.role, away.seat,
           away.authority, away.agency_id, away.decides, away.accountable_to,
           '2026-01-01', '2026-03-01', away.id
    from memberships away
    join memberships stands on stands.tenant_id = away.tenant_id
    where away.person_id = (select id from people where email = :away)
      and stands.person_id = (select id from people where email = :stands)
"""


def rows(visitor: Visitor, where: str = "/") -> list[str]:
    page = visitor.get(where).page
    return [" ".join(one.get_text(" ").split()) for one in page.select(".govuk-task-list__item")]


def test_a_task_without_a_day_of_its_own_shows_that_of_the_limit_it_serves(world: World):
    """U5: the partners' views have no last day; the notification that they are asked for has."""
    manager = world.person("manager")
    case = refer(manager)
    icb = world.person("icb")
    icb.get(case)
    (asked,) = [one for one in rows(icb) if "Give your view" in one]
    assert (
        "For “Notify the Panel of the serious incident”, by the end of Friday 6 February" in asked
    )
    assert "Waiting since Monday 2 February 2026" in asked


def test_a_limit_that_is_late_stands_in_the_list_and_says_whose_turn_it_is(world: World):
    manager = world.person("manager")
    refer(manager)
    world.days_later(30)
    page = manager.get("/")
    assert page.page.find(id="group-1").get_text().startswith("Overdue")
    late = [one for one in rows(manager) if "Send the scoping form" in one]
    assert late
    assert all("working days late" in one for one in late)


def test_what_waits_on_others_says_who_since_when_and_leads_to_the_case(world: World):
    manager = world.person("manager")
    refer(manager)
    page = manager.get("/").page
    waiting = page.find(id="waiting-on-others").find_next("ul")
    assert any("since Monday 2 February 2026" in one.get_text() for one in waiting.select("li"))
    links = {one["href"] for one in waiting.select("a")}
    assert links
    assert all(manager.get(one).status == 200 and one.count("/") == 2 for one in links)
    assert page.find("a", href="/?whose=others") is not None
    assert rows(manager, "/?whose=others")
    partnership = rows(manager, "/?whose=partnership")
    assert len(partnership) == len(rows(manager)) + len(rows(manager, "/?whose=others"))


@pytest.mark.parametrize(
    "query", ["?whose=nobody", "?page=0", "?page=x", "?whose=everywhere", "?page=²"]
)
def test_what_cannot_be_read_in_the_address_shows_ones_own(world: World, query: str):
    manager = world.person("manager")
    refer(manager)
    assert rows(manager, f"/{query}") == rows(manager)


def test_who_has_yet_to_declare_reads_no_task_of_the_case_in_any_list(world: World):
    """U6, LC-01: of a case that they may not open they are told that they declare first."""
    reference = world.person("manager").get(refer(world.person("manager"))).page.h1.get_text()
    chair = world.person("chair")
    for where in ("/", "/?whose=others", "/?whose=partnership"):
        assert not [one for one in rows(chair, where) if reference in one and "Declare" not in one]
    reviewer = world.person("reviewer")
    for where in ("/", "/?whose=others", "/?whose=partnership"):
        assert rows(reviewer, where) == []


def test_an_officer_of_two_partnerships_sees_both_and_acts_in_the_role_that_is_asked(world: World):
    first, second = (world.person("manager", place=place) for place in (0, 1))
    cases = [refer(first), refer(second)]
    officer = world.visitor()
    officer.sign_in(PLACES[0].email("police"))
    for place, case in zip(PLACES[:2], cases, strict=True):
        choose(officer, place.name)
        officer.get(case)
    here = officer.get("/").text
    there = officer.get("/?whose=everywhere")
    assert PLACES[0].name in there.text
    assert f"next={cases[0]}" in str(there.page)
    assert f"next={cases[0]}" not in str(officer.get("/").page)
    assert "All my partnerships and roles" in here
    assert "All my partnerships" not in first.get("/").text


def choose(visitor: Visitor, partnership: str) -> None:
    labels = visitor.get("/roles").page.select("label")
    (mine,) = [one["for"] for one in labels if partnership in one.get_text()]
    chosen = visitor.get("/roles").page.find(id=mine)["value"]
    visitor.send("/roles", {"membership": chosen})


def test_deputies_read_for_whom_they_stand_in_and_who_stands_in_for_them(world: World):
    who = {"away": PLACES[2].email("chair"), "stands": PLACES[2].email("icb")}
    with world.admin.begin() as link:
        link.execute(text(STAND_IN), who)
    chair = world.person("chair", place=2).get("/").text
    assert "stands in for you as" in chair
    assert "to the end of Sunday 1 March 2026" in chair
    stands = world.visitor()
    stands.sign_in(who["stands"])
    (own, *_more) = [one["value"] for one in stands.get("/roles").page.select("input[type=radio]")]
    stands.send("/roles", {"membership": own})
    assert "You stand in for" in stands.get("/").text


def test_nothing_waits_and_the_page_says_what_comes_next(world: World):
    comes = world.person("scrutineer", place=1).get("/").text
    assert "Nothing waits for you now" in comes
    beginning = world.person("manager", place=2).get("/")
    assert beginning.page.find("main").find("a", href="/refer") is not None


def test_thousands_of_tasks_cost_as_many_queries_as_one_and_a_small_page(world: World):
    manager = world.person("manager")
    case = refer(manager)
    manager.get("/")
    with sent_by(world.engine) as few:
        manager.get("/")
    copy_case(world.admin, CaseId(case.rpartition("/")[2]), MANY, COPIED)
    for where in ("/", "/?whose=others", "/?whose=partnership&page=3"):
        with sent_by(world.engine) as many:
            page = manager.get(where)
        assert page.status == 200
        assert len(many) <= len(few)
        assert len(page.response.content) <= BIG, where
        assert len(rows(manager, where)) <= MOST + 1
        assert f"Page {3 if '3' in where else 1} of" in page.text
    assert manager.get("/?page=9999").status == 200
