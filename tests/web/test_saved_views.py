"""Views of lists that a person keeps: under a name of theirs, sealed, and for nobody else."""

import logging

import pytest
from sqlalchemy import text

from services.casework.saved_views import MOST
from tests.web.conftest import World
from tests.web.lists_read import fitting
from tests.web.referrals import refer
from tests.web.visitors import Answer, Visitor

NAME = "Zebedee's school, overdue"
NARROWED = "stage=referred&sort=-received"


@pytest.fixture(autouse=True)
def _none_kept(world: World) -> None:
    with world.admin.begin() as link:
        link.execute(text("delete from saved_views"))


@pytest.fixture
def manager(world: World) -> Visitor:
    manager = world.person("manager")
    manager.get(refer(manager))
    return manager


def keep(visitor: Visitor, name: str, of: str = "cases", narrowed: str = NARROWED) -> Answer:
    page = visitor.get(f"/views?of={of}&{narrowed}")
    return visitor.post("/views", {**page.hidden, "name": name})


def kept(visitor: Visitor) -> dict[str, str]:
    found = visitor.get("/views").page.select("#kept + ul li > a:first-child")
    return {one.get_text(): one["href"] for one in found}


def test_a_view_is_kept_from_the_list_opened_renamed_and_deleted(manager: Visitor, caplog):
    listed = manager.get(f"/cases?{NARROWED}&page=2")
    link = listed.page.find("a", string="Keep this view of the list, or open one that you kept")
    assert link["href"] == f"/views?of=cases&{NARROWED}"
    with caplog.at_level(logging.DEBUG):
        answer = keep(manager, NAME)
        assert answer.where == "/views?done=kept"
        assert "The view is kept" in manager.get(answer.where).text
        view = kept(manager)[NAME]
        assert manager.get(view).where == f"/cases?{NARROWED}"
        change = manager.get(f"{view}/change")
        assert change.value("name") == NAME
        renamed = manager.post(f"{view}/change", {**change.hidden, "name": "Another name"})
        assert renamed.where == "/views?done=renamed"
        assert [*kept(manager)] == ["Another name"]
        assert manager.get(view).where == f"/cases?{NARROWED}"
        assert manager.post(f"{view}/delete", change.hidden).where == "/views?done=deleted"
    assert kept(manager) == {}
    assert manager.get(view).status == 404
    assert "zebedee" not in caplog.text.lower()


def test_its_name_is_sealed_and_nobody_else_has_it(manager: Visitor, world: World):
    keep(manager, NAME)
    view = kept(manager)[NAME]
    with world.admin.connect() as link:
        row = link.execute(text("select * from saved_views")).one()
    assert b"ebedee" not in bytes(row.sealed)
    assert "ebedee" not in f"{row.of_list} {row.narrowed}"
    assert (row.of_list, row.narrowed) == ("cases", NARROWED)
    for other in (world.person("chair"), world.person("manager", place=1)):
        assert kept(other) == {}
        hidden = other.get("/views?of=cases").hidden
        for path in (view, f"{view}/change"):
            assert other.get(path).status == 404
        assert other.post(f"{view}/change", {**hidden, "name": "Mine"}).status == 404
        assert other.post(f"{view}/delete", hidden).status == 404
    assert [*kept(manager)] == [NAME]
    assert world.person("administrator").get("/views").status == 403


def test_the_words_of_a_list_are_kept_with_it_and_searched_for_anew(manager: Visitor, world: World):
    form = manager.get("/cases").page.find("form", role="search")
    told = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    where = manager.post("/search", {**told, "words": "Robin"}).where
    many = fitting(manager.get(where))
    keep(manager, NAME, narrowed=where.partition("?")[2])
    with world.admin.begin() as link:
        row = link.execute(text("select * from saved_views")).one()
        link.execute(text("delete from drafts"))
    assert row.narrowed == ""
    assert b"obin" not in bytes(row.sealed)
    assert "words" in manager.get(where).text  # they are gone after a day, and the page says so
    again = manager.get(kept(manager)[NAME]).where
    assert again.startswith("/cases?words=")
    assert again != where
    assert fitting(manager.get(again)) == many > 0


def test_no_name_is_asked_for_again_and_no_more_are_kept_than_are_listed(manager: Visitor):
    refused = keep(manager, "  ")
    assert refused.status == 422
    assert refused.problems
    assert refused.page.select_one("input[name=of]")["value"] == "cases"
    for number in range(MOST):
        keep(manager, f"View {number}")
    more = keep(manager, "One more")
    assert more.status >= 400
    assert f"You keep {MOST} views already" in more.text
    assert len(kept(manager)) == MOST


@pytest.mark.parametrize(
    ("of", "narrowed"),
    [
        ("cases", "next=https://elsewhere.example&of=x&stage=%0d%0aLocation: x"),
        ("cases", "a" * 5000),
        ("cases", "words=5b0f2c1e-7a5c-4c1d-9d9e-0d5a5b1c2d3e&=&&;"),
        ("cases", "stage=\u202eabc\u0301&stage=referred"),
    ],
)
def test_what_is_posted_with_the_name_leads_nowhere_else(manager: Visitor, of: str, narrowed: str):
    hidden = manager.get("/views?of=cases").hidden
    posted = {**hidden, "of": of, "narrowed": narrowed, "name": NAME}
    assert manager.post("/views", posted).where == "/views?done=kept"
    where = manager.get(kept(manager)[NAME]).where
    assert where.startswith("/cases")
    assert "elsewhere" not in where
    assert manager.get(where).status == 200


@pytest.mark.parametrize("of", ["", "nothing", "/cases", "https://elsewhere.example"])
def test_a_view_of_no_list_is_none(manager: Visitor, of: str):
    hidden = manager.get("/views?of=cases").hidden
    refused = manager.post("/views", {**hidden, "of": of, "name": NAME})
    assert refused.status == 404
    assert kept(manager) == {}


@pytest.mark.parametrize("name", ["", "x" * 5000, "a\x00b"])
def test_what_is_no_name_is_refused(manager: Visitor, name: str):
    assert keep(manager, name).status == 422
    keep(manager, NAME)
    view = kept(manager)[NAME]
    hidden = manager.get(f"{view}/change").hidden
    assert manager.post(f"{view}/change", {**hidden, "name": name}).status == 422
