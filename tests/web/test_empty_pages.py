"""A list that is empty says what comes next, and leads to where its reader may go."""

import pytest

from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Visitor

LISTS = {
    "manager": (
        *("/cases", "/actions", "/reviews", "/national-reviews", "/information-requests"),
        *("/retention", "/trends", "/inbox", "/alerts", "/publications", "/agencies", "/returns"),
        *("/actions/sharing", "/views"),
    ),
    "chair": ("/cases", "/actions", "/reviews", "/national-reviews", "/trends", "/alerts"),
    "council": ("/cases", "/actions", "/information-requests", "/retention"),
    "scrutineer": ("/cases", "/national-reviews", "/trends"),
    "hospital": ("/cases", "/actions"),
    "data-protection": ("/information-requests", "/retention"),
}
# A case that was only just referred has none of these yet.
OF_A_CASE = (
    *("actions", "decisions", "meetings", "notes", "requests", "publication", "review"),
    *("sharing", "chronology"),
)


def must_lead_on(reader: Visitor, address: str) -> None:
    page = reader.get(address)
    empty = page.page.select("main .keyline-empty")
    assert page.status == 200, address
    assert empty, (address, page.text[-900:])
    for one in empty:
        links = [link["href"].partition("#")[0] for link in one.select("a")]
        assert links, (address, one.text)
        answers = [reader.get(href) for href in links]
        assert {answer.status for answer in answers} <= {200, 303}, (address, links)


@pytest.mark.parametrize("who", LISTS)
def test_an_empty_list_of_the_partnership_leads_on(world: World, who: str):
    reader = world.person(who)
    for address in LISTS[who]:
        must_lead_on(reader, address)


def test_an_empty_page_of_a_case_leads_to_what_comes_before(world: World):
    manager = world.person("manager")
    case = refer(manager)
    manager.get(case)
    for below in OF_A_CASE:
        must_lead_on(manager, f"{case}/{below}")
