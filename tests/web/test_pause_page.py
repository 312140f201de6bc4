"""Operators pause one partnership's machine work by page, and read whose it is."""

import pytest

from deployments.demo.partnerships import PLACES
from services.casework.provisioning import partnership_id_of
from tests.web.conftest import World
from tests.web.visitors import Visitor

WHY = "The mail service is being moved."


@pytest.fixture
def operator(world: World):
    operator = world.visitor()
    operator.sign_in("operations@keyline.example")
    yield operator
    save(operator, PLACES[0].code, "no")


def save(operator: Visitor, code: str, paused: str, because: str = ""):
    said = {
        "partnership": str(partnership_id_of(code)),
        "is_paused": paused,
        "because": because,
    }
    return operator.post("/operations/pause", operator.unopened() | said)


def test_a_pause_is_made_shown_and_ended(operator: Visitor):
    code = PLACES[0].code
    assert save(operator, code, "yes", WHY).where == "/operations"
    assert f"Paused: its machine work waits. {WHY}" in operator.get("/operations").text
    assert operator.get("/operations/pause").text.count(f"paused. {WHY}") == 1
    assert save(operator, code, "no").where == "/operations"
    assert WHY not in operator.get("/operations").text


def test_a_pause_without_a_reason_or_of_nobody_is_refused(operator: Visitor):
    answer = save(operator, PLACES[0].code, "yes")
    assert answer.status == 422
    assert answer.beside("because") == "Say why its machine work is to wait."
    assert save(operator, "NOBODY", "yes", WHY).status == 422
    assert "its machine work waits" not in operator.get("/operations").text


def test_nobody_else_may_pause(world: World):
    for who in ("manager", "chair", "council"):
        assert world.person(who).get("/operations/pause").status == 403
