"""The pages of requests for information: entered, listed, stopped, answered; nobody is named."""

import pytest

from tests.web.conftest import World
from tests.web.visitors import Visitor

HERE = "/information-requests"
NAME = "Q. Requester"


def day(name: str, number: int, month: int = 1) -> dict[str, str]:
    return {f"{name}-day": str(number), f"{name}-month": str(month), f"{name}-year": "2026"}


def words(**said: str) -> dict[str, str]:
    told = {
        "kind": "subject_access",
        "source": "telephone",
        "requester": NAME,
        "contact": "12 Example Street",
        "wanted": "Everything that was written of me.",
    }
    return {**told, **day("received_on", 12), **said}


@pytest.fixture
def manager(world: World) -> Visitor:
    return world.person("manager")


def test_a_request_is_entered_stopped_and_closed(manager):
    where = manager.send(f"{HERE}/enter", words()).where
    assert where.startswith(f"{HERE}/")
    shown = manager.get(where)
    assert shown.status == 200
    assert NAME in shown.text
    assert NAME not in shown.page.title.get_text()
    assert "Due by 12 February 2026" in shown.text
    assert "Nobody yet" in shown.text
    asked = {"asked": "identity", "because": "The signature is unknown.", **day("asked_on", 14)}
    assert manager.send(f"{where}/ask", asked).where == where
    assert "The clock is stopped" in manager.get(where).text
    came = {"seen": "A passport.", **day("came_on", 31)}
    assert manager.send(f"{where}/came", came).where == where
    shown = manager.get(where)
    assert "Due by 2 March 2026" in shown.text
    assert "Sat 31 Jan 2026" in shown.text
    ended = {"outcome": "withdrawn", "proof": "Their letter.", **day("ended_on", 31)}
    assert manager.send(f"{where}/close", ended).where == where
    shown = manager.get(where)
    assert "What you may do" not in shown.text
    again = manager.send(f"{where}/ask", asked)
    assert again.status == 409
    assert "answered or closed already" in again.text


def test_the_list_names_references_and_nobody(manager):
    manager.send(f"{HERE}/enter", words(kind="complaint", requester="A. Nother"))
    listed = manager.get(HERE)
    assert "-IR-2026-" in listed.text
    assert "complaint" in listed.text
    assert "A. Nother" not in listed.text


def test_what_is_wrong_is_shown_beside_its_field_and_nothing_typed_is_lost(manager):
    wrong = {**words(), **day("received_on", 30, 2)}
    answer = manager.send(f"{HERE}/enter", wrong)
    assert answer.status == 422
    assert answer.page.find("input", {"name": "requester"})["value"] == NAME
    later = {**words(case="NONE-2026-001"), **day("received_on", 12)}
    answer = manager.send(f"{HERE}/enter", later)
    assert answer.status == 422
    assert "No case with this reference is open to you." in answer.text
    assert "Everything that was written of me." in answer.text


def test_others_find_no_such_page(world, manager):
    where = manager.send(f"{HERE}/enter", words()).where
    for who in ("chair", "hospital", "administrator"):
        assert world.person(who).get(where).status == 403
        assert world.person(who).get(f"{HERE}/enter").status == 403
    assert world.person("manager", 1).get(where).status == 404


def test_the_audit_tells_who_looked_and_what_was_done(manager):
    where = manager.send(f"{HERE}/enter", words()).where
    manager.get(where)
    audit = manager.get("/audit").text
    assert "looked at" in audit
    assert NAME not in audit
