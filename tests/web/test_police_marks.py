"""The pages of police-sensitive marks: who is offered them, and what they hide from whom."""

from datetime import timedelta

import pytest

from services.bootstrap import wall_clock
from tests.matrix import PNG
from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Visitor

TITLE = "Statement of a witness"
REASON = "An arrest is planned."
LATER = wall_clock().date() + timedelta(days=60)
ON = {f"review_on-{part}": getattr(LATER, part) for part in ("day", "month", "year")}


@pytest.fixture(scope="module")
def police(world: World) -> Visitor:
    return world.person("police", place=2)


@pytest.fixture(scope="module")
def chair(world: World) -> Visitor:
    return world.person("chair", place=2)


@pytest.fixture
def case(world: World, police: Visitor) -> str:
    """A case on which the police have added a file and marked it."""
    address = refer(world.person("manager", place=2))
    added = police.upload(f"{address}/documents", {"title": TITLE}, "statement.png", PNG)
    assert added.status == 303, added.problems
    return address


def offered(visitor: Visitor, page: str, title: str) -> str:
    """Return the value of the choice whose words hold the title."""
    found = visitor.get(page).page
    (one,) = (
        item.find("input")
        for item in found.select(".govuk-radios__item")
        if title in item.get_text() and item.find("input")["name"] in {"about", "mark"}
    )
    return one["value"]


def mark(police: Visitor, case: str, **but: object) -> None:
    page = f"{case}/police-sensitive/mark"
    said = {"about": offered(police, page, TITLE), "seats": ["notifier"], "fellows": "no"}
    answer = police.send(page, {**said, **ON, "reasons": REASON, **but})
    assert answer.status == 303, answer.problems


def test_a_marked_file_is_on_no_page_and_in_no_download_of_who_is_not_listed(case, police, world):
    document = police.get(f"{case}/documents").page.find("a", string=TITLE)["href"]
    readers = {
        who: world.person(who, place=2) for who in ("manager", "chair", "notifier", "council")
    }
    for reader in readers.values():
        assert TITLE in reader.get(f"{case}/documents").text
    mark(police, case)
    for who, reader in readers.items():
        is_listed = who == "notifier"
        assert reader.get(document).status == (200 if is_listed else 404), who
        for page in ("", "/documents", "/timeline"):
            assert (TITLE in reader.get(f"{case}{page}").text) is is_listed, (who, page)
        assert (REASON in reader.get(f"{case}/timeline").text) is is_listed, who
    missing = f"{case}/documents/5b0f2c1e-7a5c-4c1d-9d9e-0d5a5b1c2d3e"
    hidden = readers["chair"].get(document)
    assert hidden.response.content == readers["chair"].get(missing).response.content
    assert TITLE not in readers["manager"].get(f"{case}/history").text
    assert TITLE in police.get(f"{case}/history").text


def test_it_is_shown_again_once_the_mark_is_lifted(case, police, chair):
    mark(police, case)
    assert TITLE not in chair.get(f"{case}/documents").text
    page = f"{case}/police-sensitive/lift"
    lifted = {"mark": offered(police, page, "File added"), "reasons": "The arrest was made."}
    assert police.send(page, lifted).status == 303
    assert TITLE in chair.get(f"{case}/documents").text


def test_the_forms_are_offered_to_the_manager_and_the_police_seat_alone(case, world):
    words = "Mark a part of the case as police-sensitive"
    for who, is_offered in (
        ("manager", True),
        ("police", True),
        ("council", False),
        ("chair", False),
    ):
        person = world.person(who, place=2)
        assert (words in person.get(case).text) is is_offered, who
        page = person.get(f"{case}/police-sensitive/mark")
        assert page.status == (200 if is_offered else 403), who


def test_who_marked_is_told_on_the_form_who_reads_it(case, police):
    mark(police, case)
    told = police.get(f"{case}/police-sensitive/review").text
    assert "Read by: police, local authority decision maker." in told
