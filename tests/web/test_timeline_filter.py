"""The timeline of a case narrowed by codes of its address, and what may be done on each page."""

import pytest

from services.domain.roles import Role
from services.domain.workflow import Stage
from services.web.act_pages.registry import CASE_PAGES
from services.web.case_places import PLACES
from services.web.view_models import act_places
from services.web.view_models.act_places import home_of
from tests.driven import Driven
from tests.web.collections_sent import Place
from tests.world import HOSPITAL

MANAGER = Role.BUSINESS_MANAGER
HERE = {
    act_places.PEOPLE,
    act_places.AGENCIES,
    act_places.MEETINGS,
    act_places.DECISIONS,
    act_places.DOCUMENTS,
    act_places.REVIEW,
    act_places.ACTIONS,
    act_places.PUBLICATION,
    act_places.SHARING,
    act_places.NOTES,
    act_places.QUESTIONS,
}


@pytest.fixture
def place(case_at) -> Place:
    made: Driven = case_at(Stage.LOCAL_REVIEW)
    return Place(made.world, when="2026-12-01")


def titles(place: Place, where: str, query: str = "") -> list[str]:
    page = place.manager().get(f"{where}/timeline?number=all&{query}").page
    return [one.get_text(strip=True) for one in page.select(".keyline-timeline > li > h3")]


def test_each_choice_finds_something_and_all_kinds_together_are_the_whole(place):
    where = f"/cases/{_case(place)}"
    form = place.manager().get(f"{where}/timeline").page.select_one("main form[method=get]")
    whole, counted = titles(place, where), 0
    for name in ("kind", "role", "step"):
        codes = [one["value"] for one in form.select(f"select[name={name}] option")][1:]
        assert len(codes) > 1, name
        found = [titles(place, where, f"{name}={code}") for code in codes]
        assert all(found), name
        counted = sum(map(len, found))
        assert counted == len(whole), name
    both = titles(place, where, "kind=returns_requested&role=business_manager")
    assert set(both) == {"Scoping returns requested"}


def test_a_code_that_fits_nothing_narrows_nothing_and_pages_keep_the_narrowing(place):
    where = f"/cases/{_case(place)}"
    for odd in ("kind=nothing", "role=%00", "step=1&kind=x"):
        assert titles(place, where, odd) == titles(place, where)
    page = place.manager().get(f"{where}/timeline?role=agency_lead")
    assert "fit what you chose" in page.text
    for link in page.page.select("nav[aria-label='Pages of the timeline'] a"):
        assert "role=agency_lead" in link["href"]


def test_an_agency_narrows_its_own_part_alone(place):
    where = f"/cases/{_case(place)}"
    page = place.person(Role.AGENCY_LEAD, HOSPITAL).get(f"{where}/timeline").page
    kinds = {one["value"] for one in page.select("select[name=kind] option")}
    assert "notification_recorded" not in kinds


def test_every_act_is_at_home_on_a_page_that_there_is():
    paths = {one.path.removeprefix("/") for one in PLACES}
    homes = {home_of(page) for page in CASE_PAGES}
    assert homes <= paths
    assert homes >= HERE


@pytest.mark.parametrize("role", [MANAGER, Role.REVIEW_GROUP_CHAIR, Role.REVIEW_GROUP_MEMBER])
def test_what_one_may_do_here_is_what_the_first_page_offers_and_each_of_it_opens(place, role):
    where, visitor = f"/cases/{_case(place)}", place.person(role)
    first = visitor.get(where).page
    offered = {one["href"] for one in first.select("#also a, #next ~ ul.govuk-task-list a")}
    found: list[str] = []
    for path in HERE:
        page = visitor.get(f"{where}/{path}")
        if page.status == 200:
            found += [one["href"] for one in page.page.select("#may-do a")]
    assert set(found) <= offered
    assert len(found) == len(set(found))
    assert {one: visitor.get(one).status for one in found if visitor.get(one).status != 200} == {}
    if role is MANAGER:
        assert len(found) > 10


def _case(place: Place) -> str:
    (href,) = {
        one["href"]
        for one in place.manager().get("/cases").page.select("main a[href^='/cases/']")
        if len(one["href"]) == len("/cases/") + 36
    }
    return href[-36:]
