"""A form that did not come from our own page changes nothing."""

import re
from itertools import product

import pytest

from services.web.cookies import csrf_token
from services.web.dependencies import OpenToProviders
from services.web.pages import ROUTERS
from tests.web.conftest import World
from tests.web.referrals import REFERRAL, refer
from tests.web.test_routes import counts, gate
from tests.web.visitors import FORM, Reader

POSTS = sorted(
    {
        route.path
        for router in ROUTERS
        for route in router.routes
        if "POST" in route.methods and "document_id" not in route.path
        # What a provider posts is proved by its signature (`test_organisations.py`).
        if not isinstance(gate(route), OpenToProviders)
    }
)


def test_there_are_forms_to_check():
    assert len(POSTS) > 30


def test_no_form_is_taken_without_its_token(world: World):
    manager = world.person("manager")
    case = refer(manager)
    before, reader = counts(world), Reader(world.app, manager.cookies)
    for path in POSTS:
        address = path.replace("/cases/{case_id}", case).replace("{entry_id}", case[-36:])
        address = address.replace("{view_id}", case[-36:])
        answer = reader.post(address, {"once": "x"})
        assert answer.status == 403, (path, answer.status)
    assert counts(world) == before


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}],
    ids=str,
)
def test_no_form_is_taken_from_another_site(world: World, headers: dict[str, str]):
    manager = world.person("manager")
    hidden = manager.unopened()
    answer = manager.post("/refer", {**hidden, **REFERRAL}, **headers)
    assert answer.status == 403


def test_a_token_is_of_one_session_and_of_one_installation():
    tokens = {csrf_token(*each) for each in product(("a" * 32, "b" * 32), ("one", "other"))}
    assert len(tokens) == 4
    assert all(re.fullmatch("[0-9a-f]{64}", token) for token in tokens)
    assert csrf_token("a" * 32, "one") == csrf_token("a" * 32, "one")


@pytest.mark.parametrize("change", [str.upper, lambda token: token[:-1], lambda token: token + "0"])
def test_a_token_that_is_not_exactly_ours_is_refused(world: World, change):
    manager = world.person("manager")
    hidden = manager.unopened()
    hidden["csrf"] = change(hidden["csrf"])
    assert manager.post("/refer", {**hidden, **REFERRAL}).status == 403


def test_a_token_of_another_session_is_refused(world: World):
    manager, other = world.person("manager"), world.person("chair")
    hidden = other.unopened()
    assert manager.post("/refer", {**hidden, **REFERRAL}).status == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "", f"{FORM}; charset=utf-16"])
def test_only_a_form_is_taken_as_a_form(world: World, kind: str):
    manager = world.person("manager")
    answer = manager.ask("POST", "/refer", content=b"{}", headers={"content-type": kind})
    assert answer.status == 415


def test_the_same_form_sent_twice_acts_once(world: World):
    manager = world.person("manager")
    hidden = manager.unopened()
    first = manager.post("/refer", {**hidden, **REFERRAL})
    before = counts(world)["cases"]
    second = manager.post("/refer", {**hidden, **REFERRAL})
    assert (first.status, second.status) == (303, 303)
    assert counts(world)["cases"] == before
    assert manager.get(second.where).status == 200
