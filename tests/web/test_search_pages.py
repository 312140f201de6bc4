"""The search as people use it: what is typed is posted, and no address, title or log holds it."""

import logging

import pytest
from sqlalchemy import text

from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Visitor

TYPED = "Quilliam Robin"


def searched(visitor: Visitor, words: str):
    return visitor.send("/search", {"words": words})


def test_what_is_typed_is_posted_kept_encrypted_and_in_no_address_or_log(world: World, caplog):
    caplog.set_level(logging.DEBUG)
    manager = world.person("manager")
    case = refer(manager)
    with caplog.at_level(logging.DEBUG):
        answer = searched(manager, TYPED)
        assert answer.status == 303
        where = answer.where
        assert where.startswith("/search/")
        assert len(where) == len("/search/") + 36
        shown = manager.get(where)
    assert shown.status == 200
    assert "Nothing found" in shown.text
    assert shown.title.startswith("What was found ")
    assert "uilliam" not in shown.title
    assert "quilliam" not in caplog.text.lower()
    with world.admin.connect() as link:
        kept = link.execute(text("select * from drafts where act = 'search'")).all()
    assert kept
    assert "quilliam" not in str(kept).lower()
    assert b"uilliam" not in b"".join(bytes(row.sealed) for row in kept)
    assert case  # the case is there, and nothing of it was typed


def test_nobody_else_opens_what_a_person_searched_for(world: World):
    manager, chair = world.person("manager"), world.person("chair")
    refer(manager)
    where = searched(manager, "Robin").where
    assert manager.get(where).status == 200
    for other in (chair, world.person("manager", place=1)):
        assert other.get(where).status == 404
    assert manager.get("/search/5b0f2c1e-7a5c-4c1d-9d9e-0d5a5b1c2d3e").status == 404


def test_what_is_found_is_a_look_at_the_case_and_so_it_is_recorded(world: World):
    manager = world.person("manager")
    case = refer(manager)
    manager.get(case)
    assert manager.get("/search").page.select('form[action="/search"]')
    shown = manager.get(searched(manager, "Robin").where)
    assert case in [one["href"] for one in shown.page.select("main li a")]
    assert shown.title.startswith("What was found")
    looked = text("select count(*) from viewings where what = 'search' and case_id = :case")
    with world.admin.connect() as link:
        assert link.execute(looked, {"case": case[-36:]}).scalar_one() >= 1


def test_nothing_typed_is_asked_for_again(world: World):
    manager = world.person("manager")
    answer = searched(manager, "  ")
    assert answer.status == 422
    assert answer.problems


def test_a_search_is_no_begun_work(world: World):
    manager = world.person("manager")
    searched(manager, "Robin")
    home = manager.get("/")
    assert "A form that you sent" not in home.text
    assert not home.page.select('a[href^="/search/"]')


def test_an_agency_may_search_and_who_reads_no_case_may_not(world: World):
    hospital = world.person("hospital")
    assert hospital.get("/search").status == 200
    assert hospital.get("/cases").page.select('a[href="/search"]')
    assert world.person("administrator").get("/search").status == 403


@pytest.mark.parametrize(
    "words",
    [
        "' or 1=1 --",
        "%_\\*",
        "a & !b | (c:*) <-> d",
        "\u202eabc\u0301\u0301",
        "\U0001f9f8",
        "0000-00-00 99/99/9999 31 Foo 2019",
        " ".join("abcdefghijklmnopqrstuvwxyz"),
        "x" * 200,
    ],
)
def test_whatever_is_typed_finds_something_or_nothing(words, world: World):
    manager = world.person("manager")
    assert manager.get(searched(manager, words).where).status == 200


@pytest.mark.parametrize("words", ["", "x" * 5000, "a\x00b"])
def test_what_is_no_short_text_is_refused(words, world: World):
    assert searched(world.person("manager"), words).status == 422


def test_the_cases_that_one_opened_last_stand_under_the_form(world: World):
    manager = world.person("manager")
    first, second = refer(manager), refer(manager)
    for case in (second, first):
        manager.get(case)
    shown = manager.get("/search").page
    links = [one["href"] for one in shown.select("#recent + ul a")]
    assert {first, second} <= {
        *links
    }  # the clock of these tests stands still: they are of one moment
    assert len(links) == len(set(links)) <= 10
    assert not world.person("manager", place=1).get("/search").page.select(f'a[href="{first}"]')
