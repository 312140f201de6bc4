"""People are signed in by their organisations: real providers, the whole way there and back."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from deployments.demo.partnerships import PLACES
from services.casework.accounts.identity_providers import end_provider
from services.casework.accounts.sign_in_tries import TRIES_FROM_AN_ADDRESS
from tests.servers import founder_of
from tests.web.conftest import START, World
from tests.web.organisation_stage import FIRST, NORTH, SALT, SECOND, Stage, organisation_stage

pytestmark = pytest.mark.slow
BACK = f"/sign-in/oidc/{NORTH}/callback"
LAST_EVENTS = (
    "select body ->> 'what' from audit_links where body ->> 'kind' = 'account' order by at desc"
    " limit 3"
)


@pytest.fixture(scope="module")
def stage(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with organisation_stage(world, tmp_path_factory.mktemp("organisations")) as made:
        yield made


@pytest.fixture(autouse=True)
def _fresh_doors(stage: Stage) -> Iterator[None]:
    yield
    stage.run("delete from sign_in_attempts")
    stage.north.change("age", "0")


def test_a_person_is_signed_in_and_goes_on_to_the_page_they_wanted(stage: Stage):
    answer = stage.browser().sign_in("manager", onward="/policy")
    assert (answer.status, answer.response.url.path) == (200, "/policy")
    assert "signed_in" in stage.told(LAST_EVENTS)
    assert stage.told("select provider from web_sessions order by started_at desc")[:1] == [NORTH]


def test_nothing_that_the_provider_signed_is_kept(stage: Stage):
    browser = stage.signed_in("manager")
    kept = str(stage.told("select row_to_json(w)::text from web_sessions w"))
    assert "eyJ" not in kept + str(dict(browser.http.cookies))
    assert "keyline-errand" not in browser.http.cookies


def test_without_a_second_factor_nobody_is_let_in(stage: Stage):
    browser = stage.browser()
    answer = browser.sign_in("manager", mfa="", onward="/policy")
    assert (answer.status, browser.session) == (403, "")
    assert answer.title.startswith("A second factor is needed")
    again = answer.page.find("a", string="Try again")["href"]
    assert browser.prove(browser.open(again), "manager").response.url.path == "/policy"


def test_a_sign_in_too_long_ago_is_none(stage: Stage):
    stage.north.change("age", str(13 * 3600))
    browser = stage.browser()
    answer = browser.sign_in("manager")
    assert (answer.status, browser.session) == (403, "")
    assert answer.title.startswith("Sign in at your organisation again")


def test_who_is_not_known_is_not_let_in_by_their_address(stage: Stage):
    email = PLACES[0].email("manager")
    stage.north.change("person", {"sub": "stranger", "email": email})
    browser = stage.browser()
    answer = browser.sign_in("stranger")
    assert (answer.status, browser.session) == (403, "")
    assert "to invite you" in answer.text
    assert "provider_refused" in stage.told(LAST_EVENTS)


def test_who_is_disabled_at_their_organisation_is_not_let_in(stage: Stage):
    stage.north.change("person", {"sub": "leaver", "enabled": False})
    answer = stage.browser().sign_in("leaver")
    assert answer.status == 403
    assert "Your organisation did not sign you in." in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "code=abc&state=zzz",
        "code=abc",
        "error=access_denied&error_description=<script>alert(1)</script>",
        "error=<script>&state=zzz",
        "state=a&state=b&code=c",
        "",
    ],
)
def test_an_answer_that_nobody_asked_for_signs_nobody_in(stage: Stage, query: str):
    browser = stage.browser()
    browser.http.get(f"/sign-in/oidc/{NORTH}")
    for one in (browser, stage.browser()):
        answer = one.open(f"{BACK}?{query}")
        assert (answer.status, one.session) == (403, "")
        assert "not begun in this window" in answer.text


def test_an_answer_is_taken_once_and_in_the_browser_that_asked(stage: Stage):
    browser = stage.browser()
    back = str(browser.back())
    assert stage.browser().open(back).status == 403
    assert browser.open(back).status == 200
    assert browser.open(back).status == 403


def test_another_providers_answer_is_no_answer_of_this_one(stage: Stage):
    """A mix-up: the code of one provider arrives where the other's is awaited (RFC 9207)."""
    browser = stage.browser()
    at_salt = parse_qs(urlsplit(str(browser.back(SALT))).query)
    at_north = browser.back(NORTH)
    mixed = at_north.copy_merge_params({"code": at_salt["code"][0], "iss": at_salt["iss"][0]})
    answer = browser.open(str(mixed))
    assert (answer.status, browser.session) == (403, "")
    assert "could not be relied on" in answer.text


def test_the_same_name_at_another_provider_is_another_person(stage: Stage):
    answer = stage.browser().sign_in("manager", SALT)
    assert answer.status == 403
    assert "to invite you" in answer.text


def test_a_provider_opens_no_role_in_a_partnership_that_it_does_not_vouch_for(stage: Stage):
    """The police serve both partnerships: each side's provider opens its own side only."""
    police = stage.signed_in("police", onward="/")
    assert PLACES[0].name in police.open("/").text
    assert PLACES[1].name not in police.open("/roles").text
    stage.enter(SECOND, NORTH)
    assert PLACES[1].name in police.open("/roles").text
    end_provider(founder_of(stage.world.engine), SECOND, NORTH, START)
    assert PLACES[1].name not in police.open("/roles").text


def test_a_provider_that_is_away_is_tried_again(stage: Stage):
    stage.north.change("fail", "1")
    browser = stage.browser()
    answer = browser.sign_in("manager", onward="/policy")
    assert (answer.status, browser.session) == (503, "")
    again = answer.page.find("a", string="Try again")["href"]
    assert browser.open(again).response.url.path == "/policy"


def test_tries_that_fail_are_counted(stage: Stage):
    browser = stage.browser()
    for status in [403] * TRIES_FROM_AN_ADDRESS + [429]:
        browser.http.get(f"/sign-in/oidc/{NORTH}")
        assert browser.open(f"{BACK}?code=a&state=b").status == status


def test_who_asked_for_nothing_shuts_nobody_out(stage: Stage):
    """Any page of the web can open the address to come back to, in an office's own browsers."""
    browser = stage.browser()
    for _ in range(TRIES_FROM_AN_ADDRESS + 1):
        assert browser.open(f"{BACK}?code=a&state=b").status == 403
    assert stage.signed_in("manager").is_signed_in


def test_who_proved_too_little_shuts_nobody_out(stage: Stage):
    for _ in range(TRIES_FROM_AN_ADDRESS + 1):
        assert stage.browser().sign_in("manager", mfa="").status == 403
    assert stage.signed_in("manager").is_signed_in


def test_a_session_is_vouched_for_again_without_a_word(stage: Stage):
    browser = stage.signed_in("manager")
    before = browser.session
    stage.wait_until_vouched_for_again()
    answer = browser.open("/policy")
    assert (answer.status, answer.response.url.path) == (200, "/policy")
    assert browser.session != before
    thief = stage.browser()
    thief.http.cookies.set("keyline-session", before, domain="127.0.0.1")
    assert not thief.is_signed_in


def test_who_left_their_organisation_is_out_when_it_is_asked_again(stage: Stage):
    stage.bind("council", subject="leaver")
    stage.north.change("person", {"sub": "leaver", "enabled": True})
    browser = stage.signed_in("leaver")
    stage.north.change("person", {"sub": "leaver", "enabled": False})
    stage.wait_until_vouched_for_again()
    assert browser.http.get("/policy").headers["location"].startswith("/sign-in/oidc/north/again")
    browser.open("/policy")  # the provider says there that it knows nobody of that name
    assert not browser.is_signed_in


def test_who_is_not_signed_in_there_any_more_signs_in_again(stage: Stage):
    browser = stage.signed_in("manager")
    browser.forget_provider()
    stage.wait_until_vouched_for_again()
    answer = browser.open("/policy")
    assert str(answer.response.url).endswith("/sign-in?next=/policy")


def test_who_was_signed_in_by_a_provider_that_ended_signs_in_again(stage: Stage):
    browser = stage.signed_in("manager")
    stage.wait_until_vouched_for_again()
    end_provider(founder_of(stage.world.engine), FIRST, NORTH, START)
    answer = browser.open("/policy")
    stage.enter(FIRST, NORTH)
    assert str(answer.response.url).endswith("/sign-in?next=/policy")


def test_a_session_that_was_not_used_is_not_vouched_for_again(stage: Stage):
    browser = stage.signed_in("manager")
    stage.wait_until_vouched_for_again()
    stage.run("update web_sessions set seen_at = clock_timestamp() - interval '31 minutes'")
    assert browser.open("/policy").response.url.path == "/sign-in"


def test_a_person_proves_again_that_it_is_they(stage: Stage):
    browser = stage.signed_in("police", onward="/")
    before = browser.session
    stage.run("update web_sessions set proved_at = clock_timestamp() - interval '3 hours'")
    asked = browser.open(f"/sign-in/oidc/{NORTH}/step-up?next=/policy")
    assert "/interaction/" in asked.response.url.path, "who is signed in there is asked again"
    answer = browser.prove(asked, "police")
    assert (answer.status, answer.response.url.path) == (200, "/policy")
    assert browser.session != before
    fresh = "select clock_timestamp() - proved_at < interval '1 minute' from web_sessions"
    assert stage.told(f"{fresh} order by started_at desc limit 1") == [True]
    assert "proved_again" in stage.told(LAST_EVENTS)


def test_nobody_proves_it_for_another(stage: Stage):
    browser = stage.signed_in("manager")
    before = browser.session
    browser.forget_provider()
    asked = browser.open(f"/sign-in/oidc/{NORTH}/step-up?next=/policy")
    answer = browser.prove(asked, "council")
    assert answer.status == 403
    assert browser.session == before


def test_an_older_proof_is_no_new_one(stage: Stage):
    browser = stage.signed_in("manager")
    stage.north.change("age", "600")
    answer = browser.prove(browser.open(f"/sign-in/oidc/{NORTH}/step-up?next=/policy"), "manager")
    assert answer.status == 403
    assert answer.title.startswith("Sign in at your organisation again")


def test_to_prove_it_again_one_is_signed_in(stage: Stage):
    answer = stage.browser().open(f"/sign-in/oidc/{NORTH}/step-up")
    assert answer.response.url.path == "/sign-in"


def test_signing_out_there_signs_out_here_for_whoever_copied_the_session(stage: Stage):
    browser, elsewhere = stage.signed_in("manager"), stage.signed_in("manager")
    thief = browser.copy()
    assert thief.is_signed_in
    browser.sign_out_there()
    assert not browser.is_signed_in
    assert not thief.is_signed_in
    assert elsewhere.is_signed_in, "it is another session of theirs at the provider"
    assert "signed_out_by_provider" in stage.told(LAST_EVENTS)


def test_a_logout_token_is_taken_once_and_at_its_own_address(stage: Stage):
    browser = stage.signed_in("manager")
    browser.sign_out_there()
    token = stage.posted.tokens[-1]
    post = stage.browser().http.post
    for at, said in ((NORTH, token), (SALT, token), (NORTH, "x.y.z"), (NORTH, "")):
        answer = post(f"/sign-in/oidc/{at}/logout", data={"logout_token": said})
        assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})
        assert answer.headers["cache-control"] == "no-store"
    assert post("/sign-in/oidc/nobody/logout", data={"logout_token": token}).status_code == 404


def test_an_organisation_is_found_by_the_domain_of_an_address(stage: Stage):
    browser = stage.browser()
    first = browser.open("/sign-in/organisation?next=/policy")
    assert browser.open("/sign-in").page.find("a", string="Sign in with your organisation")
    told = browser.http.post(
        "/sign-in/organisation", data={**first.hidden, "email": "ann@North.example"}
    )
    assert told.headers["location"] == "/sign-in/organisation/north.example?next=/policy"
    link = browser.open(told.headers["location"]).page.select_one("main ul a")
    assert link["href"] == f"/sign-in/oidc/{NORTH}?next=/policy"


@pytest.mark.parametrize("email", ["", "ann", "ann@", "ann@example", "ann@evil-north.example"])
def test_an_address_of_no_organisation_is_said_to_be(stage: Stage, email: str):
    browser = stage.browser()
    hidden = browser.open("/sign-in/organisation").hidden
    told = browser.http.post("/sign-in/organisation", data={**hidden, "email": email})
    assert told.status_code == 422


@pytest.mark.parametrize("where", ["nobody", "North", "north%2F..", "x" * 300])
def test_a_provider_that_there_is_not_is_not_found(stage: Stage, where: str):
    assert stage.browser().open(f"/sign-in/oidc/{where}").status == 404
