"""Two operators change a bank holiday by page; nobody of a partnership sees the forms."""

import pytest

from deployments.demo.partnerships import OPERATIONS, SECOND_OPERATIONS
from tests.web.conftest import World
from tests.web.visitors import Visitor

HERE = "/operations/bank-holidays"
# So far away that no other test counts over it.
DAY = {"held_on-day": "7", "held_on-month": "6", "held_on-year": "2044"}
NO_DAY = dict.fromkeys(("struck_out-day", "struck_out-month", "struck_out-year"), "")
SAID = {"title": "A jubilee", "source": "Proclamation of 1 June 2044"}


def operator(world: World, email: str) -> Visitor:
    visitor = world.visitor()
    visitor.sign_in(email)
    return visitor


@pytest.fixture
def first(world: World) -> Visitor:
    return operator(world, OPERATIONS)


def propose(who: Visitor, **said: str):
    hidden = who.get(HERE).hidden
    return who.post(HERE, hidden | DAY | NO_DAY | SAID | said)


def answer(who: Visitor, approved: str):
    page = who.get(f"{HERE}/answer")
    proposal = page.page.select_one("input[name=proposal]")["value"]
    said = {"proposal": proposal, "is_approved": approved, "reasons": ""}
    return who.post(f"{HERE}/answer", page.hidden | said)


def test_a_day_is_proposed_answered_by_another_and_shown_with_its_source(world: World, first):
    assert propose(first).where == HERE
    page = first.get(HERE).text
    assert "Tuesday 7 June 2044 becomes a bank holiday: A jubilee" in page
    assert "Waits for a second operator" in page
    refused = answer(first, "yes")
    assert refused.status == 422
    assert "you proposed this change" in refused.beside("proposal")
    second = operator(world, SECOND_OPERATIONS)
    assert answer(second, "yes").where == HERE
    page = second.get(HERE).text
    assert "In force" in page
    assert "Proclamation of 1 June 2044" in page
    assert "Waits for a second operator" not in page


def test_a_change_without_a_day_is_refused_at_its_question(first):
    nothing = dict.fromkeys(DAY, "")
    refused = propose(first, **nothing)
    assert refused.status == 422
    assert refused.beside("held_on") == "Enter the day that changes."


def test_nobody_of_a_partnership_sees_a_form(world: World):
    for who in ("manager", "notifier", "council", "chair", "reviewer", "hospital"):
        visitor = world.person(who)
        for path in (HERE, f"{HERE}/answer"):
            assert visitor.get(path).status == 403, (who, path)


def test_a_partnership_reads_the_days_with_their_source_and_changes_none(world: World, first):
    """2.2: which days count is data of the platform; the partnership's closed days are its own."""
    said = {"held_on-day": "6", "held_on-year": "2028", "title": "A thanksgiving"}
    assert propose(first, **said).where == HERE
    second = operator(world, SECOND_OPERATIONS)
    page = second.get(f"{HERE}/answer")
    label = next(one for one in page.page.select("label") if "A thanksgiving" in one.text)
    chosen = {"proposal": page.page.select_one(f"#{label['for']}")["value"]}
    answered = {"is_approved": "yes", "reasons": ""}
    assert second.post(f"{HERE}/answer", page.hidden | chosen | answered).where == HERE
    reader = world.person("manager", place=1)
    text = reader.get("/holidays").text
    assert "A thanksgiving" in text
    assert "Proclamation of 1 June 2044" in text
    assert "Council closed" in text
    assert not reader.get("/holidays").page.select("main form")
    assert "/holidays" in {link["href"] for link in reader.get("/policy").page.select("a")}
    assert reader.get(HERE).status == 403
