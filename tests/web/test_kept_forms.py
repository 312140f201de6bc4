"""No typed word is lost when the sign-in ends: every form comes back, to its author alone."""

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from sqlalchemy import text

from deployments.demo.partnerships import OPERATIONS, PASSWORD, PLACES
from services.web.pages import ROUTERS
from services.web.view_models.begun import NOT_SENT
from tests.web.conftest import World
from tests.web.test_directory_pages import FROM
from tests.web.test_routes import gate
from tests.web.visitors import Answer, Visitor

ENDED = "update web_sessions set seen_at = clock_timestamp() - interval '31 minutes'"
ADD, PAUSE = "/directory/organisations/add", "/operations/pause"
NAME = "Saint Bride School, Fleet"
REASON = "The mail server is being moved."
KEPT = "What you typed into this form was kept on"


@pytest.fixture(autouse=True)
def _nothing_kept(world: World) -> Iterator[None]:
    yield
    run(world, "delete from drafts")


def run(world: World, statement: str) -> list[tuple[object, ...]]:
    with world.admin.begin() as link:
        done = link.execute(text(statement))
        return [tuple(row) for row in done] if done.returns_rows else []


def sent_too_late(world: World, visitor: Visitor, path: str, **typed: str) -> Answer:
    """Open the form, have the session end by itself, and send it."""
    hidden = visitor.get(path).hidden
    run(world, ENDED)
    return visitor.post(path, {**hidden, **typed})


def signed_in_again(visitor: Visitor, late: Answer, email: str) -> Answer:
    """Sign in on the page to which the late form led, and go on to where that leads."""
    form = visitor.get(late.where).hidden
    after = visitor.post("/sign-in", {**form, "email": email, "password": PASSWORD})
    return visitor.get(after.where)


def test_a_form_of_the_directory_comes_back_and_stays_while_it_is_refused(world: World):
    email = PLACES[0].email("manager")
    manager = world.person("manager")
    late = sent_too_late(world, manager, ADD, name=NAME)
    assert unquote(late.where) == f"/sign-in?next={ADD}?kept=yes"
    again = signed_in_again(manager, late, email)
    assert again.value("name") == NAME
    assert KEPT in again.text
    assert NOT_SENT in manager.get("/").text
    action = again.page.select("main form")[-1]["action"]
    assert action == f"{ADD}?kept=yes"
    assert manager.post(action, {**again.hidden, "name": NAME}).status == 422
    assert manager.get(ADD).value("name") == NAME
    typed = {"kind": "police", "name": NAME, **FROM}
    assert manager.post(action, {**manager.get(ADD).hidden, **typed}).status == 303
    assert run(world, "select * from drafts") == []
    assert NOT_SENT not in manager.get("/").text


def test_it_lies_encrypted_and_nobody_else_sees_it(world: World):
    manager, chair = world.person("manager"), world.person("chair")
    sent_too_late(world, manager, ADD, name=NAME)
    (kept,) = run(world, "select sealed, act, about from drafts")
    assert NAME.encode() not in bytes(kept[0])
    assert kept[1:] == (ADD, "")
    chair = world.person("chair")
    assert KEPT not in chair.get("/policy?kept=yes").text
    assert NOT_SENT not in chair.get("/").text


def test_a_form_of_operations_comes_back_too(world: World):
    operator = world.visitor()
    assert operator.sign_in(OPERATIONS).status == 303
    late = sent_too_late(world, operator, PAUSE, because=REASON, is_paused="yes")
    again = signed_in_again(operator, late, OPERATIONS)
    assert again.value("because") == REASON
    assert again.page.find("input", attrs={"name": "is_paused", "value": "yes"}).has_attr("checked")


@pytest.mark.parametrize("spoiled", ["csrf", "signed out", "blank"])
def test_nothing_is_kept_of_a_form_that_is_not_shown_to_be_its_senders(world: World, spoiled: str):
    manager = world.person("manager")
    hidden = manager.get(ADD).hidden
    typed = {"name": " " if spoiled == "blank" else NAME}
    if spoiled == "csrf":
        hidden["csrf"] = "0" * 64
    if spoiled == "signed out":
        assert manager.post("/sign-out", hidden).status == 303
    else:
        run(world, ENDED)
    assert manager.post(ADD, {**hidden, **typed}).status == 303
    assert run(world, "select * from drafts") == []


def test_every_form_with_a_permission_has_a_page_at_which_it_comes_back():
    """Of no act: the answers of those are drafts (`test_drafts.py`)."""
    routes = [route for router in ROUTERS for route in router.routes]
    shown = {route.path for route in routes if "GET" in route.methods}
    posted = {
        route.path
        for route in routes
        if "POST" in route.methods and hasattr(gate(route), "permissions")
    }
    drafts = {path for path in posted if "/drafts/{act}" in path}
    assert len(posted - drafts) > 60
    assert posted - drafts - shown == set()


def test_a_person_of_two_partnerships_chooses_first_and_goes_on_to_the_form(world: World):
    police = world.visitor()
    police.sign_in(PLACES[0].email("police"))
    asked = police.get("/policy")
    assert asked.where == "/roles?next=/policy"
    form = police.get(asked.where)
    chosen = form.page.select("input[name=membership]")[0]["value"]
    assert police.post("/roles", {**form.hidden, "membership": chosen}).where == "/policy"
