"""What leads off this site: a next page, a form's origin, the name by which the site is asked."""

from dataclasses import replace
from urllib.parse import quote

import pytest

from deployments.demo.partnerships import PASSWORD, PLACES
from services.web.app import create_app
from services.web.dependencies import OpenToMachines
from services.web.middleware.headers import EVERYWHERE
from services.web.middleware.hosts import OPEN_TO_MACHINES
from tests.web.conftest import World, site_of
from tests.web.referrals import REFERRAL
from tests.web.test_routes import ROUTES, gate
from tests.web.visitors import HOST, Visitor

AWKWARD = ("//[", "http://[::1", "//a℀b", "//evil.example", "/\\evil.example", "http://[")


@pytest.mark.parametrize("address", AWKWARD)
def test_the_page_to_sign_in_takes_any_next_page_and_offers_none_off_the_site(
    world: World, address: str
):
    answer = world.visitor().get(f"/sign-in?next={quote(address)}")
    assert answer.status == 200
    assert answer.hidden["next"] == "/"


@pytest.mark.parametrize("address", AWKWARD)
def test_the_right_password_leads_to_a_page_of_ours(world: World, address: str):
    visitor = world.visitor()
    person = {"email": PLACES[0].email("manager"), "password": PASSWORD}
    answer = visitor.send("/sign-in", {**person, "next": address})
    assert (answer.status, answer.where) == (303, "/")
    assert visitor.get("/cases").status == 200


def test_a_page_of_ours_is_gone_on_to(world: World):
    visitor = world.visitor()
    assert visitor.get("/cases").where == "/sign-in?next=/cases"
    person = {"email": PLACES[0].email("manager"), "password": PASSWORD}
    assert visitor.send("/sign-in?next=/cases", person).where == "/cases"


@pytest.mark.parametrize("origin", ["http://[", "null", "", "https://keyline.test", HOST + "/"])
def test_a_form_with_another_origin_is_refused(world: World, origin: str):
    manager = world.person("manager")
    hidden = manager.unopened()
    assert manager.post("/refer", {**hidden, **REFERRAL}, origin=origin).status == 403
    assert world.visitor().post("/refer", {}, origin=origin).status == 403


def test_a_form_with_our_origin_is_taken(world: World):
    manager = world.person("manager")
    hidden = manager.unopened()
    assert manager.post("/refer", {**hidden, **REFERRAL}, origin=HOST).status == 303


def test_an_origin_that_is_the_host_as_sent_is_foreign_all_the_same(world: World):
    manager = world.person("manager")
    hidden = manager.unopened()
    evil = {"host": "evil.example", "origin": "http://evil.example"}
    assert manager.post("/refer", {**hidden, **REFERRAL}, **evil).status == 400


@pytest.mark.parametrize(
    "host", ["evil.example", "keyline.test:81", "127.0.0.1", "[", "", "keyline.test@evil.example"]
)
@pytest.mark.parametrize("path", ["/sign-in", "/", "/static/govuk.css", "/nothing"])
def test_another_host_gets_400_and_no_page(world: World, host: str, path: str):
    answer = world.visitor().get(path, host=host)
    assert answer.status == 400
    assert "This is not an address of Keyline" in answer.text
    for name, value in EVERYWHERE.items():
        assert answer.response.headers[name] == value
    assert answer.response.headers["x-request-id"]


def test_a_host_named_twice_is_refused(world: World):
    answer = world.visitor().ask(
        "GET", "/sign-in", headers=[("host", "keyline.test"), ("host", "keyline.test")]
    )
    assert answer.status == 400


@pytest.mark.parametrize("path", sorted(OPEN_TO_MACHINES))
def test_monitors_are_answered_under_any_name(world: World, path: str):
    assert world.visitor().get(path, host="10.0.0.7:8000").status == 200


def test_the_answers_under_any_name_are_those_for_machines():
    machines = {route.path for route in ROUTES if isinstance(gate(route), OpenToMachines)}
    assert machines == OPEN_TO_MACHINES


@pytest.mark.parametrize("address", ["http://localhost:8500", "http://127.0.0.1:8500"])
def test_a_local_start_is_used_by_either_loopback_name(world: World, address: str):
    local = site_of(world, lambda: world.now, base_url="http://127.0.0.1:8500")
    visitor = Visitor(create_app(local), address=address)
    hidden = visitor.get("/sign-in").hidden
    person = {"email": PLACES[0].email("manager"), "password": PASSWORD}
    assert visitor.post("/sign-in", {**hidden, **person}, origin=address).status == 303


def test_another_configured_address_is_used_like_the_first(world: World):
    both = replace(
        site_of(world, lambda: world.now), other_base_urls=("http://keyline.internal:8080",)
    )
    app = create_app(both)
    for address in ("http://keyline.internal:8080", HOST):
        assert Visitor(app, address=address).get("/sign-in").status == 200
    assert Visitor(app, address="http://keyline.internal").get("/sign-in").status == 400
