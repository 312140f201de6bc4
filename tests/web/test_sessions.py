"""Who is signed in: ids that change, sessions that end, doors that wear out."""

import pytest
from sqlalchemy import text

from deployments.demo.partnerships import PLACES
from services.web.app import create_app
from tests.web.conftest import World, site_of
from tests.web.visitors import Visitor

COOKIE = "keyline-session"


def run(world: World, statement: str, **values: object) -> None:
    with world.admin.begin() as link:
        link.execute(text(statement), values)


@pytest.fixture(autouse=True)
def _fresh_doors(world: World):
    yield
    run(world, "delete from sign_in_attempts")


def test_a_session_set_beforehand_is_not_the_one_after(world: World):
    visitor = world.visitor()
    visitor.cookies[COOKIE] = "chosen-by-somebody-else"
    visitor.sign_in(PLACES[0].email("manager"))
    assert visitor.cookies[COOKIE] != "chosen-by-somebody-else"
    assert visitor.get("/").status == 200


def test_only_the_hash_of_what_a_browser_carries_is_kept(world: World):
    carried = world.person("manager").cookies[COOKIE]
    with world.admin.connect() as link:
        kept = link.execute(text("select * from web_sessions")).all()
    assert kept
    assert not any(carried in str(row) for row in kept)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(world: World):
    answer = world.visitor().sign_in(PLACES[0].email("manager"))
    cookie = answer.response.headers.get_list("set-cookie")[0].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_by_https_the_cookie_is_bound_to_the_host(world: World):
    address = "https://keyline.example"
    app = create_app(site_of(world, lambda: world.now, base_url=address))
    answer = Visitor(app, address=address).get("/sign-in")
    cookie = answer.response.headers["set-cookie"]
    assert cookie.startswith("__Host-keyline-visitor=")
    assert "Secure" in cookie
    assert "strict-transport-security" in answer.response.headers


@pytest.mark.parametrize(
    "change",
    [
        "update web_sessions set seen_at = clock_timestamp() - interval '31 minutes'",
        "update web_sessions set started_at = clock_timestamp() - interval '721 minutes'",
    ],
)
def test_a_session_ends_after_half_an_hour_unused_and_after_twelve(world: World, change: str):
    manager = world.person("manager")
    run(world, change)
    assert manager.get("/cases").where == "/sign-in?next=/cases"


def test_signing_out_ends_the_session_for_whoever_copied_it(world: World):
    manager = world.person("manager")
    thief = Visitor(world.app, dict(manager.cookies))
    page = manager.get("/cases").page
    csrf = page.select_one("form[action='/sign-out'] input[name=csrf]")["value"]
    assert manager.post("/sign-out", {"csrf": csrf}).where == "/sign-in"
    assert thief.get("/cases").status == 303


def test_a_role_that_ends_ends_at_the_next_page(world: World):
    member = world.person("member", place=1)
    assert member.get("/cases").status == 200
    run(world, "update memberships set to_on = '2026-01-31' where role = 'review_group_member'")
    assert member.get("/cases").status == 403
    run(world, "update memberships set to_on = null where role = 'review_group_member'")


def test_a_person_of_two_partnerships_chooses_and_gets_a_new_session(world: World):
    police = world.visitor()
    police.sign_in(PLACES[0].email("police"))
    assert police.get("/").where == "/roles"
    page = police.get("/roles").page
    before = police.cookies[COOKIE]
    chosen = page.select("input[name=membership]")[1]["value"]
    assert police.send("/roles", {"membership": chosen}).where == "/"
    assert police.cookies[COOKIE] != before
    assert "Saltmarsh" in police.get("/").text


def test_a_role_of_somebody_else_cannot_be_taken(world: World):
    police = world.visitor()
    police.sign_in(PLACES[0].email("police"))
    hidden = police.get("/roles").hidden
    for membership in ("b3ca0c2e-2f9c-4f53-8f77-1a9d5b1f6f10", "../../x", "1"):
        assert police.post("/roles", {**hidden, "membership": membership}).status == 404


def test_nobody_learns_whether_an_address_is_known(world: World):
    stranger = world.visitor()
    wrong = stranger.sign_in(PLACES[0].email("manager"), "not it")
    unknown = stranger.sign_in("nobody@nowhere.example", "not it")
    assert (wrong.status, unknown.status) == (422, 422)
    assert wrong.problems == unknown.problems == ["The email address or the password is not right"]


@pytest.mark.parametrize(
    "onward",
    ["//evil.example", "https:evil", "/\\evil.example", "javascript:alert(1)", "/a\r\nb: c", "x"],
)
def test_signing_in_leads_to_our_own_pages_only(world: World, onward: str):
    visitor = world.visitor()
    answers = {"email": PLACES[0].email("manager"), "password": "keyline-demonstration"}
    answer = visitor.send("/sign-in", {**answers, "next": onward})
    assert answer.where == "/"


def test_signing_in_goes_on_to_the_page_that_was_wanted(world: World):
    visitor = world.visitor()
    assert visitor.get("/policy").where == "/sign-in?next=/policy"
    hidden = visitor.get("/sign-in?next=/policy").hidden
    answers = {"email": PLACES[0].email("manager"), "password": "keyline-demonstration"}
    assert visitor.post("/sign-in", {**hidden, **answers}).where == "/policy"


@pytest.mark.parametrize("carried", ["", "x" * 8000, "é", "a b", "'; drop", "../"])
def test_what_was_never_given_out_opens_nothing(world: World, carried: str):
    visitor = world.visitor()
    headers = {"cookie": f"{COOKIE}={carried}".encode()}
    assert visitor.ask("GET", "/cases", headers=headers).status == 303
