"""The list of cases narrowed by words: they are posted and kept, and stand in no address or log."""

import logging

import pytest

from tests.many_cases import copy_case
from tests.web.conftest import World
from tests.web.lists_read import fitting, in_file
from tests.web.referrals import refer
from tests.web.visitors import Answer, Visitor

NOWHERE = "/cases?words=5b0f2c1e-7a5c-4c1d-9d9e-0d5a5b1c2d3e"


@pytest.fixture
def manager(world: World) -> Visitor:
    manager = world.person("manager")
    case = refer(manager)
    manager.get(case)
    copy_case(world.admin, case[-36:], 3, ("declarations", "running_clocks"), called=case[-4:])
    return manager


def narrowed(visitor: Visitor, words: str, list_: str = "/cases") -> Answer:
    form = visitor.get(list_).page.find("form", role="search")
    told = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    return visitor.post("/search", {**told, "words": words})


def test_words_narrow_the_list_beside_its_codes_and_the_address_holds_an_id(
    manager: Visitor, caplog
):
    every = fitting(manager.get("/cases?stage=referred&sort=-received"))
    with caplog.at_level(logging.DEBUG):
        answer = narrowed(manager, "Robin", "/cases?stage=referred&sort=-received")
        assert answer.status == 303
        assert answer.where.startswith("/cases?stage=referred&sort=-received&words=")
        shown = manager.get(answer.where)
    assert "robin" not in answer.where.lower() + shown.title.lower() + caplog.text.lower()
    assert 0 < fitting(shown) < every
    assert shown.page.find(id="words")["value"] == "Robin"
    kept = shown.page.select_one("form[method=get] input[name=words]")["value"]
    assert len(kept) == 36
    links = [one["href"] for one in shown.page.select("thead a")]
    assert all(f"words={kept}" in one and "stage=referred" in one for one in links)
    rows = in_file(manager.get(answer.where.replace("/cases?", "/lists/cases.csv?")))
    assert len(rows) == fitting(shown) + 1
    cleared = shown.page.find("a", string="Clear the words")["href"]
    assert cleared == "/cases?stage=referred&sort=-received"
    none = manager.get(narrowed(manager, "Zzyzx").where)
    assert "cases fits." in none.text


def test_words_of_others_or_of_nobody_narrow_nothing_and_it_is_said(manager: Visitor, world: World):
    where = narrowed(manager, "Robin").where
    chair = world.person("chair")
    chair.get(refer(manager))
    for visitor, address in ((chair, where), (manager, NOWHERE), (manager, "/cases?words=x")):
        found = visitor.get(address)
        assert found.status == 200
        assert "not known here, so it was left out: Words." in found.text
    assert "Robin" not in chair.get(where).text


def test_no_words_show_the_whole_list_and_what_is_too_long_is_asked_again(manager: Visitor):
    assert narrowed(manager, " ", "/cases?stage=referred").where == "/cases?stage=referred"
    assert narrowed(manager, "x" * 5000).status == 422


@pytest.mark.parametrize(
    ("list_", "codes"),
    [
        ("https://elsewhere.example", "stage=referred"),
        ("cases", "next=https://elsewhere.example&stage=%0d%0aLocation: x&" + "a" * 900),
        ("cases", "x=1&x=2&=&&;"),
    ],
)
def test_what_is_posted_with_the_words_leads_nowhere_else(manager: Visitor, list_: str, codes: str):
    told = {"words": "Robin", "list": list_, "narrowed": codes}
    where = manager.send("/search", told).where
    assert where.startswith(("/cases?", "/search/"))
    assert "elsewhere" not in where
    assert manager.get(where).status == 200
