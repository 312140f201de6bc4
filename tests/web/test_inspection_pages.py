"""The pages of inspection packs: opened, decided item by item, approved by two, taken away."""

import re

import pytest

from tests.web.conftest import World
from tests.web.test_directory_pages import CONTACT, FROM
from tests.web.test_directory_pages import link as link_that
from tests.web.visitors import Visitor

HERE = "/inspection-packs"
BODY = "An Inspectorate (example)"
ADDRESS = CONTACT["address"]


def day(name: str, number: int, month: int = 2) -> dict[str, str]:
    return {f"{name}-day": str(number), f"{name}-month": str(month), f"{name}-year": "2026"}


def pack_words(manager: Visitor, **said: str) -> dict[str, str]:
    """Say which pack is opened, for the first body that its form offers."""
    offered = manager.get(f"{HERE}/open").page.find("input", {"name": "body"})
    told = {
        "body": offered["value"],
        "inspection": "A joint inspection",
        "asked": "audit",
        "owner": "local_authority",
    }
    return {**told, **day("first", 1, 1), **day("last", 1), **said}


def inspecting_body(manager: Visitor, chair: Visitor) -> None:
    """Have a body in the directory that inspects, with an address that two people have set."""
    body = {"kind": "national_body", "name": BODY, **FROM}
    manager.send("/directory/organisations/add", body)
    add = link_that(manager.get("/directory"), "Add a contact")
    manager.send(add, {"role": "where_to_send", **CONTACT, **FROM})
    confirm = link_that(chair.get("/directory"), "Confirm")
    chair.send(confirm, {"is_confirmed": "yes", "grounds": "asked them"})


@pytest.fixture
def manager(world: World) -> Visitor:
    found = world.person("manager")
    if BODY not in found.get("/directory").text:
        inspecting_body(found, world.person("chair"))
    return found


def test_a_pack_is_opened_decided_approved_by_two_and_sent(world, manager):
    where = manager.send(f"{HERE}/open", pack_words(manager)).where
    assert re.fullmatch(rf"{HERE}/[0-9a-f-]{{36}}", where)
    shown = manager.get(where)
    assert "Items are to be decided" in shown.text
    assert "Up to where the audit is verified" in shown.text
    form = manager.get(f"{where}/include")
    items = form.page.find("input", {"name": "items"})["value"]
    unread = manager.send(f"{where}/include", {"items": items, "has_read": "no"})
    assert unread.status == 422
    assert "Read each item whole" in unread.text
    assert manager.send(f"{where}/include", {"items": items, "has_read": "yes"}).where == where
    assert manager.send(f"{where}/approve", {"is_right": "yes"}).where == where
    _answer_and_send(world, manager, where)
    for who in ("hospital", "administrator"):
        assert world.person(who).get(where).status == 403
    assert world.person("manager", 1).get(where).status == 404
    assert "looked at" in manager.get("/audit").text


def _answer_and_send(world: World, manager: Visitor, where: str) -> None:
    council = world.person("council")
    assert "To be approved by the partner that owns it" in council.get(where).text
    assert council.get("/").page.find("a", {"href": where}) is not None
    assert council.send(f"{where}/answer", {"is_approved": "yes"}).where == where
    shown = manager.get(where)
    assert "Approved, and to be sent" in shown.text
    assert ADDRESS in shown.text
    for link in shown.page.select("#files + ul a"):
        assert manager.ask("GET", link["href"]).response.content[:2] in {b"%P", b"PK"}
    said = {"means": "secure email", "address": ADDRESS, "proof": "the sent item"}
    assert manager.send(f"{where}/sent", {**said, **day("sent_on", 2)}).where == where
    assert manager.send(f"{where}/statement", {"title": "x", "text": "x"}).status == 409


def test_what_is_wrong_is_shown_beside_its_field_and_nothing_typed_is_lost(manager):
    wrong = pack_words(manager, inspection="An odd one") | day("last", 9)
    answer = manager.send(f"{HERE}/open", wrong)
    assert answer.status == 422
    assert "It has not come yet" in answer.beside("last")
    assert answer.value("inspection") == "An odd one"
    unknown = pack_words(manager, body="00000000-0000-0000-0000-000000000000")
    assert manager.send(f"{HERE}/open", unknown).status == 422


def test_one_item_is_withheld_with_its_reason_and_the_page_says_by_whom(manager):
    where = manager.send(f"{HERE}/open", pack_words(manager)).where
    decide = link_that(manager.get(where), "Decide what becomes of the item")
    no_reason = manager.send(decide, {"decision": "withhold"})
    assert no_reason.status == 422
    assert "Say why something is left out" in no_reason.beside("reasons")
    said = {"decision": "withhold", "reasons": "Another pack tells it."}
    assert manager.send(decide, said).where == where
    assert "Withhold it. Decided by" in manager.get(where).text
    assert manager.send(f"{where}/close", {"reasons": "Asked for no more."}).where == where
    assert "Closed without being sent" in manager.get(HERE).text
