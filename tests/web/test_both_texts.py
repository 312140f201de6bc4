"""What somebody else did meanwhile stands beside what was typed: both texts, either to be kept."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.web.meanwhile import CHANGED
from tests.typed.reading import standing
from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Answer, Visitor

CORRECT, DRAFT = "notification/referral/correction", "drafts/correct_referral"
VILLAGE, TOWN = "A made-up village", "Another made-up town"
MINE = "The ambulance service told us where it was."
THEIRS = "The register says where the child lives."


@pytest.fixture(scope="module")
def case(world: World) -> str:
    return refer(world.person("manager"))


@pytest.fixture(autouse=True)
def _nothing_kept(world: World) -> Iterator[None]:
    yield
    with world.admin.begin() as link:
        link.execute(text("delete from drafts"))


def filled(answer: Answer, **changes: str) -> dict[str, object]:
    """Return what stands in the form, with some answers said otherwise."""
    return {**standing(answer.page, "#the-form"), **changes}


def corrected_by(visitor: Visitor, case: str, **changes: str) -> Answer:
    page = visitor.get(f"{case}/{CORRECT}")
    return visitor.post(f"{case}/{CORRECT}", filled(page, **changes))


def test_who_comes_second_sees_who_came_first_and_both_texts(world: World, case: str):
    manager, notifier = world.person("manager"), world.person("notifier")
    page = f"{case}/{CORRECT}"
    opened = notifier.get(page)
    assert opened.page.select("#meanwhile, #other-window") == []
    assert corrected_by(manager, case, place=VILLAGE, reason=THEIRS).status == 303
    refused = notifier.post(page, filled(opened, place=TOWN, reason=MINE))
    assert (refused.status, refused.problems) == (409, [CHANGED])
    assert (refused.value("place"), refused.value("reason")) == (TOWN, MINE)
    told = refused.page.select_one("#meanwhile")
    words = " ".join(told.get_text(" ").split())
    assert "business manager" in words.lower()
    assert VILLAGE in words
    assert TOWN in words
    taken = notifier.post(page, filled(refused, **{"take-other": "place"}))
    assert (taken.status, taken.value("place"), taken.value("reason")) == (200, VILLAGE, MINE)
    more = filled(taken, seriousness="A long stay in hospital, and another.")
    assert notifier.post(page, more).status == 303


def test_a_draft_opens_with_what_came_since_it_was_begun(world: World, case: str):
    manager, notifier = world.person("manager"), world.person("notifier")
    page = f"{case}/{CORRECT}"
    opened = notifier.get(page)
    mine = filled(opened, place=TOWN, reason=MINE)
    assert notifier.post(f"{case}/{DRAFT}", mine).where == "/#begun"
    assert notifier.get(page).page.select("#meanwhile") == []
    assert corrected_by(manager, case, place="A hamlet", reason=THEIRS).status == 303
    again = notifier.get(page)
    assert again.value("place") == TOWN
    assert "A hamlet" in again.page.select_one("#meanwhile").get_text()
    saved = notifier.post(f"{case}/{DRAFT}", filled(again), accept="text/plain")
    assert saved.status == 200
    assert "A hamlet" in notifier.get(page).page.select_one("#meanwhile").get_text()
    assert notifier.post(page, filled(notifier.get(page))).status == 303


def test_what_two_windows_saved_is_kept_and_shown_side_by_side(world: World, case: str):
    notifier, page = world.person("notifier"), f"{case}/{CORRECT}"
    one = notifier.get(page)
    other = filled(one, place=TOWN, reason=MINE)
    assert notifier.post(f"{case}/{DRAFT}", other).where == "/#begun"
    second = {**filled(one, place=VILLAGE, reason=MINE), "once": str(uuid4()), "begun": ""}
    assert notifier.post(f"{case}/{DRAFT}", second, accept="text/plain").status == 409
    assert notifier.post(f"{case}/{DRAFT}", second).where == page
    both = notifier.get(page)
    assert both.value("place") == VILLAGE
    assert TOWN in both.page.select_one("#other-window").get_text()
    saved = notifier.post(f"{case}/{DRAFT}", filled(both), accept="text/plain")
    assert saved.status == 200
    again = notifier.get(page)
    taken = notifier.post(page, filled(again, **{"take-other": "other-window-place"}))
    assert taken.value("place") == TOWN
    assert taken.page.select("#other-window") == []
