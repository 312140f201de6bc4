"""Who is known by their organisation: invited with it, and asked there before a decision."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from deployments.demo.partnerships import PASSWORD, PLACES, PLATFORM_ADMINISTRATOR
from tests.web.accounts import demanding
from tests.web.conftest import World
from tests.web.organisation_stage import NORTH, SALT, Browser, Stage, organisation_stage
from tests.web.referrals import be_aware, refer
from tests.web.test_people_pages import HERE, invited_by, words
from tests.web.visitors import Answer

pytestmark = pytest.mark.slow
FACTOR_CODES = "/account/recovery-codes"
FACTOR_FORMS = ["/account/app", "/account/app/remove", "/account/passkeys", FACTOR_CODES]
FACTOR_FORMS += ["/account/passkeys/ask", "/account/passkeys/remove"]
OF_PARTNERSHIP = (
    "select body ->> 'what' from audit_links where body ->> 'kind' = 'administration' order by at"
    " desc limit 1"
)

SECRET, REMOVE = "walrus bicycle teapot", "/account/organisations/remove"
PROVED_NOW = "update web_sessions set proved_at = clock_timestamp()"
PROVED_LONG_AGO = f"{PROVED_NOW} - interval '16 minutes'"
KNOWN_AS = "select id::text from identities where subject = :subject and ended_at is null"
TOLD = (
    "select what from account_notices n join people on people.id = n.person_id"
    " where email = :email order by made_at desc"
)
ALSO_KNOWN = (
    "insert into identities (id, issuer, subject, person_id, since)"
    " select gen_random_uuid(), :issuer, :subject, id, now() from people where email = :email"
)
FRESH = (
    "select clock_timestamp() - proved_at < interval '5 minutes' from web_sessions"
    " where provider = 'north' order by started_at desc limit 1"
)


@pytest.fixture(scope="module")
def stage(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with organisation_stage(world, tmp_path_factory.mktemp("organisations")) as made:
        yield made


@pytest.fixture(autouse=True)
def _fresh_doors(stage: Stage) -> Iterator[None]:
    yield
    stage.run("delete from sign_in_attempts")


def invited(stage: Stage, address: str, **said: str) -> str:
    """Have somebody of that address invited, and return their one-time address."""
    administrator, platform = stage.world.person("administrator"), stage.world.visitor()
    assert platform.sign_in(PLATFORM_ADMINISTRATOR.email).status == 303
    assert administrator.send(f"{HERE}/appoint", words(address=address, **said)).where == HERE
    return invited_by(stage.world, platform, address)


def opened(browser: Browser, link: str) -> Answer:
    """Return the question of the address, as somebody who went on from its first page reads it."""
    return posted(browser, link, browser.open(link).hidden)


def posted(browser: Browser, link: str, answers: dict[str, str]) -> Answer:
    response = browser.http.post(link, data=answers)
    assert "location" not in response.headers
    return browser.read(response)


def by_organisation(browser: Browser, link: str, subject: str) -> Answer:
    """Sign in with the organisation that the invitation offers, and come back."""
    csrf = opened(browser, link).hidden["csrf"]
    said = {"csrf": csrf, "provider": NORTH, "answer": "organisation"}
    way = posted(browser, link, said).page.select_one("main a.govuk-button")["href"]
    return browser.prove(browser.open(way), subject)


def test_an_invitation_ends_in_the_sign_in_of_an_organisation(stage: Stage):
    address, subject = f"{uuid4()}@north.example", f"new-{uuid4()}"
    stage.north.change("person", {"sub": subject, "enabled": True})
    link, browser = invited(stage, address), stage.browser()
    back = by_organisation(browser, link, subject)
    assert (back.status, back.response.url.path) == (200, link)
    assert stage.told(OF_PARTNERSHIP) == ["identity_bound"]
    asked = opened(browser, link)
    assert not asked.page.select("main input[type=password]")
    done = posted(browser, link, {**asked.hidden, "answer": "accept"})
    assert "on record" in done.text
    elsewhere = stage.signed_in(subject, onward="/")
    assert "New Comer" in elsewhere.open("/").text
    kept = "select count(*) from credentials join people on id = person_id where email = :email"
    assert stage.told(kept, email=address) == [0]


def test_whoever_reads_a_mailbox_takes_no_account_that_is_in_use(stage: Stage):
    address = f"{uuid4()}@north.example"
    link, first = invited(stage, address), stage.world.visitor()
    asked = first.post(link, first.get(link).hidden)
    said = {"answer": "accept", "name": "Newby Comer", "password": "walrus bicycle teapot"}
    assert "on record" in first.post(link, {**asked.hidden, **said}).text
    again = invited(stage, address, role="communications_lead")
    refused = by_organisation(stage.browser(), again, "stranger")
    assert refused.status == 403
    assert "has an account" in refused.text
    subjects = stage.told("select count(*) from identities where subject = 'stranger'")
    assert subjects == [0]


def invited_again(stage: Stage) -> tuple[str, Browser, str]:
    """Return somebody with a password, their browser, and where they are invited once more."""
    address, browser = f"{uuid4()}@north.example", stage.browser()
    first = invited(stage, address)
    said = {"answer": "accept", "name": "Late Comer", "password": SECRET}
    accepted = posted(browser, first, {**opened(browser, first).hidden, **said})
    assert "on record" in accepted.text
    by_password(browser, address)
    return address, browser, invited(stage, address, role="communications_lead")


def by_password(browser: Browser, address: str) -> None:
    form = browser.open("/sign-in?by=password").hidden
    said = {**form, "email": address, "password": SECRET}
    assert browser.http.post("/sign-in", data=said).status_code == 303


def test_another_way_into_an_account_takes_a_recent_proof(stage: Stage):
    subject = f"late-{uuid4()}"
    stage.north.change("person", {"sub": subject, "enabled": True})
    _, browser, link = invited_again(stage)
    csrf = opened(browser, link).hidden["csrf"]
    chosen = {"csrf": csrf, "provider": NORTH, "answer": "organisation"}
    stage.run(PROVED_LONG_AGO)
    led = browser.http.post(link, data=chosen).headers["location"]
    assert led == f"/account/prove?next={link}"
    said = {**browser.open(led).hidden, "password": SECRET}
    assert browser.http.post("/account/prove", data=said).headers["location"] == link
    way = posted(browser, link, chosen).page.select_one("main a.govuk-button")["href"]
    there = browser.open(way)
    stage.run(PROVED_LONG_AGO)
    refused = browser.prove(there, subject)
    assert (refused.status, "too long ago" in refused.text) == (403, True)
    assert stage.told(KNOWN_AS, subject=subject) == []


def test_whose_account_gets_another_way_in_is_told_sees_it_and_removes_it(stage: Stage):
    subject = f"late-{uuid4()}"
    stage.north.change("person", {"sub": subject, "enabled": True})
    address, browser, link = invited_again(stage)
    assert by_organisation(browser, link, subject).status == 200
    assert stage.told(TOLD, email=address) == ["identity_bound"]
    page = browser.open("/account")
    assert "North Council (example)" in page.text
    (which,) = stage.told(KNOWN_AS, subject=subject)
    form = {"csrf": page.page.find("input", attrs={"name": "csrf"})["value"], "which": which}
    assert browser.http.post(REMOVE, data=form).status_code == 409, "let in by the organisation"
    owner = stage.browser()
    by_password(owner, address)
    found = owner.open("/account").page.select_one(f"form[action='{REMOVE}']").select("input")
    form = {one["name"]: one["value"] for one in found}
    stage.run(PROVED_LONG_AGO)
    assert owner.http.post(REMOVE, data=form).headers["location"].startswith("/account/prove")
    stage.run(PROVED_NOW)
    assert owner.http.post(REMOVE, data=form).headers["location"] == "/account"
    assert not browser.is_signed_in
    assert stage.told(TOLD, email=address) == ["identity_ended", "identity_bound"]
    assert "does not know you by it" in browser.sign_in(subject).text


def test_who_has_no_password_shows_it_at_their_organisation_and_keeps_a_way_in(stage: Stage):
    address, subject = f"{uuid4()}@north.example", f"new-{uuid4()}"
    stage.north.change("person", {"sub": subject, "enabled": True})
    link, browser = invited(stage, address), stage.browser()
    assert by_organisation(browser, link, subject).status == 200
    asked = opened(browser, link)
    assert "on record" in posted(browser, link, {**asked.hidden, "answer": "accept"}).text
    owner = stage.signed_in(subject, onward="/account")
    page = owner.open("/account").page
    assert page.select(f"form[action='{REMOVE}']") == [], "the only way in"
    form = {"csrf": page.find("input", attrs={"name": "csrf"})["value"]}
    (north,) = stage.told(KNOWN_AS, subject=subject)
    assert owner.http.post(REMOVE, data={**form, "which": north}).status_code == 409
    issuer = stage.providers[SALT].issuer
    stage.run(ALSO_KNOWN, issuer=issuer, subject=f"salt-{subject}", email=address)
    (salt,) = stage.told(KNOWN_AS, subject=f"salt-{subject}")
    assert len(owner.open("/account").page.select(f"form[action='{REMOVE}']")) == 2
    stage.run(PROVED_LONG_AGO)
    told = {**form, "which": salt}
    assert owner.http.post(REMOVE, data=told).headers["location"].startswith("/account/prove")
    owner.sign_in(subject, to="/step-up", onward="/account")
    told |= {"csrf": owner.open("/account").page.find("input", attrs={"name": "csrf"})["value"]}
    assert owner.http.post(REMOVE, data=told).headers["location"] == "/account"
    assert stage.told(TOLD, email=address)[0] == "identity_ended"
    assert owner.http.post(REMOVE, data={**told, "which": north}).status_code == 409
    assert owner.is_signed_in


def test_an_organisation_is_offered_to_its_own_people_and_asked_by_a_form_of_ours(stage: Stage):
    link, browser = invited(stage, f"{uuid4()}@elsewhere.example"), stage.browser()
    asked = opened(browser, link)
    assert "Sign in with your organisation" not in asked.text
    said = {**asked.hidden, "provider": NORTH, "answer": "organisation"}
    assert posted(browser, link, said).status == 403
    assert "keyline-errand" not in browser.http.cookies


def test_before_a_decision_it_is_shown_at_the_organisation_and_the_form_comes_back(stage: Stage):
    case = refer(stage.world.person("manager"))
    page = f"{case}/notification/decision"
    be_aware(stage.world.person("notifier"), case)  # declares, which comes before everything
    notifier = stage.signed_in("notifier", onward=page)
    form = notifier.open(page)
    said = {"notify": "yes", "family_told": "yes", "family_reasons": "By the social worker."}
    said["reasons"] = "The child was known to two agencies."
    stage.run("update web_sessions set proved_at = clock_timestamp() - interval '3 hours'")
    late = notifier.http.post(page, data={**form.hidden, **said})
    asked = notifier.open(late.headers["location"])
    assert asked.response.url.path == "/account/prove"
    assert not asked.page.select("main input[type=password]"), "no password of ours is asked for"
    csrf = asked.page.find("input", attrs={"name": "csrf"})["value"]
    ours = notifier.http.post("/account/prove", data={"csrf": csrf, "password": PASSWORD})
    assert ours.status_code == 409
    there = notifier.open(asked.page.select_one("main a.govuk-button")["href"])
    again = notifier.prove(there, "notifier")
    assert (again.response.url.path, again.value("reasons")) == (page, said["reasons"])
    done = notifier.http.post(page, data={**again.hidden, **said})
    assert done.headers["location"] == f"{case}?done=decide_to_notify"
    assert stage.told(FRESH) == [True]


def test_whom_an_organisation_let_in_changes_no_second_factor(stage: Stage):
    """It guards the roles in partnerships for which that organisation does not vouch."""
    police = stage.signed_in("police")
    page = police.open("/account")
    assert "sign in with your email address and password" in page.text
    assert not page.page.select("main a[href='/account/app'], form[action*='passkeys']")
    csrf = page.page.find("input", attrs={"name": "csrf"})["value"]
    asked = [police.http.get(path).status_code for path in ("/account/app", FACTOR_CODES)]
    tried = [police.http.post(path, data={"csrf": csrf}).status_code for path in FACTOR_FORMS]
    assert (set(asked), set(tried)) == ({409}, {409})
    form = police.open(page.page.select_one("main a[href^='/sign-in']")["href"])
    said = {**form.hidden, "email": PLACES[0].email("police"), "password": PASSWORD}
    assert police.http.post("/sign-in", data=said).headers["location"] == "/account"
    assert police.http.get("/account/app").status_code == 200


def test_a_password_goes_round_no_organisation_that_knows_the_person(stage: Stage):
    """With a password alone, as a mailbox gives one, nobody known by it sets up a factor."""
    council, said = (
        PLACES[0].email("council"),
        "update web_sessions set proved_at = clock_timestamp()",
    )
    alone = demanding(stage.world)
    refused = alone.sign_in(council)
    assert (refused.status, alone.get("/sign-in/set-up").where) == (409, "/sign-in")
    assert "Your organisation signs you in" in refused.problems[0]
    vouched = stage.signed_in("council")
    both = demanding(stage.world)
    both.cookies["keyline-session"] = vouched.session
    stage.run(f"{said} - interval '16 minutes'")
    form = {**both.get("/sign-in?by=password").hidden, "email": council, "password": PASSWORD}
    assert both.post("/sign-in", form).status == 409, "vouched for too long ago"
    stage.run(said)
    assert both.post("/sign-in", form).where.startswith("/sign-in/set-up")
    assert both.get("/sign-in/set-up").status == 200
