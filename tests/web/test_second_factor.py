"""A second factor: set up before the first session, shown at each sign-in, and never twice."""

from collections.abc import Iterator

import pytest

from deployments.demo.partnerships import PASSWORD, PLACES, PLATFORM_ADMINISTRATOR
from services.casework.accounts.sign_in_tries import TRIES_OF_A_SECOND_STEP
from tests.web.accounts import (
    code_of,
    demanding,
    emails,
    half_a_minute_later,
    link_in,
    put_back,
    run,
    secret_on,
    used_code,
)
from tests.web.conftest import World
from tests.web.test_people_pages import link_of
from tests.web.visitors import Answer, Visitor

CHAIR = PLACES[0].email("chair")
NEW, OURS = "walrus bicycle teapot", PLACES[0].partnership_id
WHO = {"email": CHAIR, "password": PASSWORD}
SET_UP, SECOND = "/sign-in/set-up", "/sign-in/second"


@pytest.fixture(autouse=True)
def _put_back(world: World) -> Iterator[None]:
    with put_back(world):
        yield


def set_up(world: World) -> tuple[Visitor, str]:
    """Sign the chair in for the first time, with an app; return the browser and the secret."""
    chair = demanding(world)
    chair.sign_in(CHAIR)
    page = chair.get(SET_UP)
    secret = secret_on(page)
    done = chair.post(SET_UP, {**page.hidden, "code": code_of(secret)})
    assert done.where == "/account/recovery-codes"
    half_a_minute_later(world)
    return chair, secret


def at_second_step(world: World) -> Visitor:
    visitor = demanding(world)
    assert visitor.sign_in(CHAIR).where == f"{SECOND}?next=/"
    return visitor


def give(visitor: Visitor, code: str) -> Answer:
    return visitor.send(SECOND, {"code": code})


def recovery_codes(visitor: Visitor) -> list[str]:
    made = visitor.send("/account/recovery-codes", {})
    return [one.get_text(strip=True) for one in made.page.select("#codes code")]


def test_before_the_first_session_a_second_factor_is_set_up(world: World):
    chair = demanding(world)
    assert chair.sign_in(CHAIR).where == f"{SET_UP}?next=/"
    assert [chair.get(path).status for path in ("/", "/cases", "/account")] == [303, 303, 303]
    page = chair.get(SET_UP)
    assert page.page.select_one(".keyline-qr svg")
    wrong = chair.post(SET_UP, {**page.hidden, "code": "000000"})
    assert wrong.status == 422
    assert secret_on(wrong) == secret_on(page)
    right = code_of(secret_on(page))
    assert chair.post(SET_UP, {**page.hidden, "code": right}).where == "/account/recovery-codes"
    assert chair.get("/cases").status == 200
    assert [one.subject for one in emails(world)] == [
        "A second factor was added to your account in Keyline"
    ]
    assert "Code from an app and password" in chair.get("/account").text


def test_a_demonstration_asks_for_none_and_offers_it(world: World):
    chair = world.person("chair")
    assert chair.get("/cases").status == 200
    assert "Not set up" in chair.get("/account").text


def test_the_secret_is_kept_encrypted_and_a_code_opens_once(world: World):
    _, secret = set_up(world)
    (sealed,) = run(world, "select sealed from code_apps")[0]
    assert secret.encode() not in bytes(sealed)
    code = code_of(secret)
    assert give(at_second_step(world), code).where == "/"
    again = give(at_second_step(world), code)
    assert again.problems == ["That is not right, or it was used before"]
    assert give(at_second_step(world), used_code(world, secret, 1)).status == 422
    assert give(at_second_step(world), code_of(secret, 1)).where == "/"


def test_who_knows_the_password_alone_sets_up_nothing(world: World):
    set_up(world)
    thief = at_second_step(world)
    assert thief.get(SET_UP).where == "/sign-in"
    form = thief.get(SECOND).hidden
    assert thief.post(f"{SET_UP}/passkey", form).where == "/sign-in"
    assert thief.post("/account/app", form).where.startswith("/sign-in")


def test_too_many_codes_shut_the_second_step_and_its_owner_is_told(world: World):
    _, secret = set_up(world)
    emails(world).clear()
    thief = at_second_step(world)
    page = thief.get(SECOND).hidden
    tried = [
        thief.post(SECOND, {**page, "code": "000000"}).status for _ in range(TRIES_OF_A_SECOND_STEP)
    ]
    assert set(tried) == {422}
    for _ in range(2):
        assert thief.post(SECOND, {**page, "code": code_of(secret)}).status == 429
    assert thief.get("/cases").status == 303
    assert [one.subject for one in emails(world)] == ["Someone has your password for Keyline"]


def test_a_recovery_code_opens_once_ends_other_sessions_and_is_told(world: World):
    chair, _ = set_up(world)
    codes = recovery_codes(chair)
    assert len(set(codes)) == 10
    kept = str(run(world, "select code_hash from recovery_codes"))
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    emails(world).clear()
    elsewhere = at_second_step(world)
    assert give(elsewhere, codes[3].upper().replace("-", " ")).where == "/"
    assert chair.get("/cases").status == 303
    assert [one.subject for one in emails(world)] == [
        "A recovery code of yours was used in Keyline"
    ]
    assert give(at_second_step(world), codes[3]).status == 422
    assert "9 left" in elsewhere.get("/account").text


def test_new_recovery_codes_end_those_before(world: World):
    chair, _ = set_up(world)
    before = recovery_codes(chair)
    assert not set(before) & set(recovery_codes(chair))
    assert give(at_second_step(world), before[0]).status == 422


def test_the_last_factor_stays_where_one_is_demanded(world: World):
    chair, _ = set_up(world)
    form = {"csrf": chair.unopened()["csrf"]}
    assert chair.post("/account/app/remove", form).status == 422
    assert "Set up another" in chair.get("/account").text


def test_an_account_is_changed_only_after_a_recent_proof(world: World):
    chair, secret = set_up(world)
    run(world, "update web_sessions set proved_at = clock_timestamp() - interval '16 minutes'")
    assert chair.get("/account/app").where == "/account/prove?next=/account/app"
    assert chair.post("/account/app/remove", chair.unopened()).where.startswith("/account/prove")
    page = "/account/prove?next=/account/app"
    assert chair.send(page, {"code": used_code(world, secret)}).status == 422
    assert chair.send(page, {"code": code_of(secret)}).where == "/account/app"
    assert chair.get("/account/app").status == 200


def test_without_a_second_factor_the_password_is_the_proof(world: World):
    chair = world.person("chair")
    run(world, "update web_sessions set proved_at = clock_timestamp() - interval '16 minutes'")
    assert chair.get("/account/recovery-codes").where.startswith("/account/prove")
    assert chair.send("/account/prove", {"password": "not it"}).status == 422
    before = chair.cookies["keyline-session"]
    assert chair.send("/account/prove", {"password": PASSWORD}).where == "/"
    assert Visitor(world.app, {"keyline-session": before}).get("/cases").status == 303
    assert chair.get("/cases").status == 200, "the session goes on under another id"


def test_what_is_begun_at_the_door_is_no_session(world: World):
    set_up(world)
    thief = at_second_step(world)
    begun = thief.cookies["keyline-entering"]
    assert Visitor(world.app, {"keyline-session": begun}).get("/cases").status == 303
    run(world, "update begun_sign_ins set begun_at = clock_timestamp() - interval '16 minutes'")
    assert thief.get(SECOND).where == "/sign-in"


def test_two_administrators_take_a_lost_one_away_and_the_owner_chooses_anew(world: World):
    chair, _ = set_up(world)
    emails(world).clear()
    administrator, platform = world.person("administrator"), world.visitor()
    assert platform.sign_in(PLATFORM_ADMINISTRATOR.email).status == 303
    here, there = "/administration/people", f"/administration/partnerships/{OURS}/people"
    asked = link_of(administrator.get(here), CHAIR, "/second-factor")
    assert administrator.send(asked, {"reasons": "Rang them"}).where == here
    assert "Another administrator answers" in administrator.get(here).text
    answer = platform.get(there).page.select_one('a[href*="/second-factors/"]')["href"]
    confirmed = {"is_confirmed": "yes", "grounds": "Saw them"}
    assert platform.send(answer, confirmed).where == there
    assert chair.get("/cases").status == 303
    (told,) = emails(world)
    assert told.subject.startswith("Your second factor in Keyline was taken away")
    assert demanding(world).sign_in(CHAIR).status == 422, "the old password opens nothing"
    owner = demanding(world)
    assert owner.send(link_in(told), {"new": NEW}).where == "/sign-in"
    assert owner.sign_in(CHAIR, NEW).where == f"{SET_UP}?next=/"
    assert "lost second factor" in administrator.get("/administration/audit").text.lower()
    named = "select body->>'object' from audit_links where body->>'what' = 'factors_cleared'"
    ((whose,),) = run(world, "select id::text from people where email = :email", email=CHAIR)
    assert (whose,) in run(world, named)


def test_who_has_the_password_shuts_the_owner_out_of_nothing(world: World):
    chair, secret = set_up(world)
    owner = demanding(world)
    owner.cookies["keyline-browser"] = chair.cookies["keyline-browser"]
    assert owner.sign_in(CHAIR).where == f"{SECOND}?next=/"
    thief = at_second_step(world)
    tried = [give(thief, "000000").status for _ in range(TRIES_OF_A_SECOND_STEP + 1)]
    assert tried[-1] == 429
    run(world, "update web_sessions set proved_at = clock_timestamp() - interval '16 minutes'")
    assert chair.send("/account/prove", {"code": code_of(secret)}).where == "/"
    assert give(owner, code_of(secret, 1)).where == "/", "what the owner began is still begun"


def test_too_many_proofs_shut_that_browser_and_its_owner_is_told(world: World):
    chair, secret = set_up(world)
    emails(world).clear()
    page = {**chair.get("/account/prove").hidden, "code": "000000"}
    tries = range(TRIES_OF_A_SECOND_STEP + 2)
    wrong = [chair.post("/account/prove", page).status for _ in tries]
    assert (wrong[0], wrong[-1]) == (422, 429)
    assert [one.subject for one in emails(world)] == [
        "Someone who is signed in as you could not show that it is you"
    ]
    assert give(at_second_step(world), code_of(secret)).where == "/"


def test_the_first_sign_in_goes_on_to_where_it_was_going(world: World):
    chair = demanding(world)
    led = chair.post("/sign-in", {**chair.get("/sign-in?next=/cases").hidden, **WHO})
    page = chair.get(led.where)
    right = {**page.hidden, "code": code_of(secret_on(page))}
    codes = chair.post(SET_UP, right).where
    assert codes == "/account/recovery-codes?next=/cases"
    made = chair.send(codes, {})
    assert made.page.find("a", string="Go on to where you were going")["href"] == "/cases"
