"""Every form of no act and no case saves itself: kept, shown again, refused, sent, discarded."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import text

from deployments.demo.partnerships import OPERATIONS
from services.web.act_pages.registry import ACT_PAGES
from services.web.keeping_typed import OF_FILES
from services.web.pages import ROUTERS
from services.web.view_models.begun import NOT_SENT
from tests.web.conftest import World
from tests.web.test_directory_pages import FROM
from tests.web.test_routes import gate
from tests.web.visitors import Answer, Visitor

ADD, PAUSE = "/directory/organisations/add", "/operations/pause"
LATER, DISCARD = "?keep=later", "?keep=discard"
NAME, QUIETLY = "Saint Bride School, Fleet", {"accept": "text/plain"}
KEPT = "What you typed into this form was kept on"


@pytest.fixture(autouse=True)
def _nothing_kept(world: World) -> Iterator[None]:
    yield
    with world.admin.begin() as link:
        link.execute(text("delete from drafts"))


def kept(world: World) -> int:
    with world.admin.connect() as link:
        return link.execute(text("select count(*) from drafts")).scalar_one()


def save(visitor: Visitor, path: str, hidden: dict[str, str], **typed: str) -> Answer:
    return visitor.post(f"{path}{LATER}", {**hidden, **typed}, **QUIETLY)


def test_every_form_of_no_act_and_no_case_has_a_place_to_be_saved(world: World):
    """What can be posted to a page by who holds a permission is kept by that page's address."""
    routes = [route for router in ROUTERS for route in router.routes]
    shown = {one.path for one in routes if "GET" in one.methods}
    posted = {
        one.path for one in routes if "POST" in one.methods and hasattr(gate(one), "permissions")
    }
    of_none = {one for one in posted & shown if not one.startswith("/cases/")}
    opening = {f"/{one.path}" for one in ACT_PAGES.values() if one.act.opens_case}
    of_none -= opening | {f"{path}/sections" for path in opening}  # kept as drafts of the act
    assert of_none | {OF_FILES} == world.app.state.paths_of_forms
    assert len(of_none) > 40


def test_what_is_typed_is_saved_by_a_script_and_stands_in_the_page_again(world: World):
    manager, other = world.person("manager"), world.person("chair")
    form = manager.get(ADD)
    assert form.page.select_one("main form[data-draft]")["data-draft"] == f"{ADD}{LATER}"
    saved = save(manager, ADD, form.hidden, name=NAME)
    assert saved.status == 200
    assert re.fullmatch(r"Draft saved at \d\d:\d\d", saved.response.text)
    again = manager.get(ADD)
    assert again.value("name") == NAME
    assert KEPT in again.text
    assert NOT_SENT in manager.get("/").text
    assert NOT_SENT not in other.get("/").text


def test_a_button_saves_without_a_script_and_another_discards(world: World):
    operator = world.visitor()
    operator.sign_in(OPERATIONS)
    form = operator.get(PAUSE)
    button = form.page.select_one(f"button[formaction='{PAUSE}{LATER}']")
    assert button.get_text(strip=True) == "Save and come back later"
    typed = {**form.hidden, "because": "The mail server is being moved."}
    assert operator.post(f"{PAUSE}{LATER}", typed).where == "/#begun"
    again = operator.get(PAUSE)
    assert again.value("because") == typed["because"]
    discard = again.page.select_one("#kept-form form")["action"]
    assert operator.post(discard, again.hidden).where == PAUSE
    assert operator.get(PAUSE).value("because") == ""
    assert kept(world) == 0


def test_a_form_that_is_refused_stays_kept_and_goes_on_as_the_same(world: World):
    manager = world.person("manager")
    hidden = manager.get(ADD).hidden
    save(manager, ADD, hidden, name=NAME)
    refused = manager.post(ADD, {**hidden, "name": NAME})
    assert refused.status == 422
    assert kept(world) == 1
    assert manager.get(ADD).value("name") == NAME
    assert save(manager, ADD, refused.hidden, name="Saint Bride").status == 200
    window = {**hidden, "once": str(uuid4()), "begun": ""}
    other = save(manager, ADD, window, name="Typed in another window")
    assert other.status == 409
    assert manager.get(ADD).value("name") == "Saint Bride"


def test_it_ends_when_what_was_typed_is_done(world: World):
    manager = world.person("manager")
    typed = {"kind": "police", "name": NAME, **FROM}
    save(manager, ADD, manager.get(ADD).hidden, **typed)
    assert kept(world) == 1
    again = manager.get(ADD)
    action = again.page.select("main form")[-1]["action"]
    assert manager.post(action, {**again.hidden, **typed}).where == "/directory"
    assert kept(world) == 0
    assert manager.get(ADD).value("name") == ""


def test_nothing_is_kept_of_a_blank_form_of_nobodys_or_of_another_page(world: World):
    manager, police = world.person("manager"), world.person("schools")
    hidden = manager.get(ADD).hidden
    assert save(manager, ADD, hidden, name=" ").status == 422
    assert save(manager, ADD, {**hidden, "csrf": "0" * 64}, name=NAME).status == 403
    csrf = police.get("/").page.find("input", attrs={"name": "csrf"})["value"]
    theirs = {"csrf": csrf, "once": str(uuid4())}
    assert save(police, ADD, theirs, name=NAME).status == 403
    assert kept(world) == 0
