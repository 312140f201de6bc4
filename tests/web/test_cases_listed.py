"""The list of cases on its page: in pages, narrowed and ordered by codes, and light."""

import pytest

from deployments.demo.partnerships import PLACES
from tests.many_cases import copy_case
from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Answer, Visitor

MANY = 60


@pytest.fixture(scope="module", autouse=True)
def many(world: World) -> None:
    """A case, and sixty more like it."""
    case = refer(world.person("manager"))
    world.person("manager").get(case)
    copy_case(world.admin, case[-36:], MANY, ("declarations", "running_clocks"))


@pytest.fixture
def manager(world: World) -> Visitor:
    return world.person("manager")


def references(answer: Answer) -> list[str]:
    return [one.get_text(strip=True) for one in answer.page.select("tbody th a")]


def caption(answer: Answer) -> str:
    return answer.page.caption.get_text(strip=True)


def test_a_page_holds_twenty_five_and_the_pages_hold_every_case_once(manager: Visitor):
    first = manager.get("/cases")
    assert caption(first) == "61 cases: 1 to 25 are on this page"
    pages = [first, manager.get("/cases?page=2"), manager.get("/cases?page=3")]
    assert [len(references(one)) for one in pages] == [25, 25, 11]
    assert len({name for one in pages for name in references(one)}) == MANY + 1
    links = first.page.select_one("nav[aria-label='Pages of this list']").select("a")
    to = [one["href"] for one in links]
    assert to == ["/cases", "/cases?page=2", "/cases?page=3", "/cases?page=2"]
    assert (
        first.page.select_one("nav.govuk-pagination [aria-current=page]").get_text(strip=True)
        == "1"
    )
    assert references(manager.get("/cases?page=999999")) == references(pages[2])
    assert max(len(one.response.content) for one in pages) < 60_000


def test_a_head_orders_the_list_and_says_how_it_is_ordered(manager: Visitor):
    down = manager.get("/cases?sort=-reference")
    assert references(down) == sorted(references(down), reverse=True)
    heads = {next(one.stripped_strings): one for one in down.page.select("thead th")}
    assert heads["Reference"]["aria-sort"] == "descending"
    assert heads["Stage"]["aria-sort"] == "none"
    assert not heads["How it stands"].has_attr("aria-sort")
    assert heads["Reference"].a["href"] == "/cases?sort=reference"
    assert manager.get("/cases").page.select_one("[aria-sort=ascending] a")["href"] == (
        "/cases?sort=-clock"
    )
    assert down.page.select_one("#sort option[selected]")["value"] == "-reference"


def test_what_narrows_stays_while_the_list_is_ordered_and_turned(manager: Visitor):
    found = manager.get("/cases?stage=referred&sort=-received&page=2")
    assert caption(found) == "61 of 61 cases: 26 to 50 are on this page"
    links = {one["href"] for one in found.page.select("nav.govuk-pagination a, thead a")}
    assert all("stage=referred" in one for one in links)
    assert "/cases?stage=referred&sort=-received&page=3" in links
    assert found.page.select_one("#stage option[selected]")["value"] == "referred"


def test_nothing_fits_and_the_way_back_is_shown(manager: Visitor):
    found = manager.get("/cases?stage=closed")
    assert "None of 61 cases fits." in found.text
    assert found.page.find("a", string="Show every case")["href"] == "/cases"
    named = manager.get("/cases?reference=ex-59")
    assert references(named) == ["EX-59"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("stage=no-such", "Stage"),
        ("clock=1%27--", "Next duty"),
        ("reference=Robin", "Reference"),
        ("sort=name", "Order"),
        ("lead=00000000-0000-0000-0000-000000000000", "Lead reviewer"),
    ],
)
def test_a_code_that_is_not_known_is_left_out_with_a_word(manager: Visitor, asked, said):
    found = manager.get(f"/cases?{asked}")
    assert f"not known here, so it was left out: {said}." in found.text
    assert "Robin" not in found.response.text
    assert caption(found) == "61 cases: 1 to 25 are on this page"


def test_who_has_yet_to_declare_is_told_references_alone_a_page_at_a_time(world: World):
    partner = world.visitor()
    partner.sign_in(PLACES[0].email("scrutineer"))
    listed = partner.get("/cases")
    more = listed.page.find("a", href="/cases/to-declare?page=2")
    assert more.get_text() == "36 more on which you have yet to declare"
    assert "No clock runs" not in listed.text
    assert "Referred" not in listed.text
    assert [caption(partner.get(f"/cases/to-declare?page={one}")) for one in (1, 3)] == [
        "61 cases: 1 to 25 are on this page",
        "61 cases: 51 to 61 are on this page",
    ]


def test_nothing_to_declare_on_leads_to_the_cases(world: World):
    found = world.person("manager", 1).get("/cases/to-declare")
    assert found.page.find("a", string="Go on to the cases")["href"] == "/cases"
    empty = world.person("manager", 1).get("/cases")
    assert empty.page.find("a", string="with a referral")["href"] == "/refer"
