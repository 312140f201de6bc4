"""A password: its length, its change by its owner, and a reset that tells nobody who there is."""

from collections.abc import Iterator

import pytest

from deployments.demo.partnerships import PASSWORD, PLACES
from services.casework.accounts.owner_notices import deliver_notices
from services.identity.password_rules import why_not
from tests.web.accounts import emails, link_in, put_back, run
from tests.web.conftest import World
from tests.web.visitors import Answer, Visitor

CHAIR, NEW = PLACES[0].email("chair"), "walrus bicycle teapot"
OVER = "This address has been used, or is older than 30 minutes. Ask for another one"

AN_HOUR_AGO = "update account_notices set claimed_at = claimed_at - interval '1 hour'"


@pytest.fixture(autouse=True)
def _put_back(world: World) -> Iterator[None]:
    with put_back(world):
        yield


def asked(world: World, email: str) -> Answer:
    return world.visitor().send("/forgotten-password", {"email": email})


@pytest.mark.parametrize(
    "password",
    ["short", "a" * 300, "aaaaaaaaaaaaaaa", "password1234", "qwertyuiop12", "sunshinesunshine"],
)
def test_what_is_tried_first_is_no_password(password: str):
    assert why_not(password)


def test_a_name_is_no_password_and_three_words_are_one():
    words = ("Ann Winterbourne", "ann.winterbourne@council.example")
    assert why_not("Winterbourne-Ann-1", words)
    assert why_not("keyline2026!", words)
    assert why_not(NEW, words) == ""
    assert why_not("ALLCAPITALSNOFIGURES") == ""


def test_changing_it_ends_the_other_sessions_and_tells_the_owner(world: World):
    here, elsewhere = world.person("chair"), world.person("chair")
    wrong = here.send("/account/password", {"current": "not it", "new": NEW})
    assert wrong.beside("current") == "Your password now is not right"
    weak = here.send("/account/password", {"current": PASSWORD, "new": "password1234"})
    assert "tried first" in weak.beside("new")
    assert PASSWORD not in weak.response.text
    before = here.cookies["keyline-session"]
    done = here.send("/account/password", {"current": PASSWORD, "new": NEW})
    assert done.where == "/account"
    assert Visitor(world.app, {"keyline-session": before}).get("/cases").status == 303
    assert (here.get("/cases").status, elsewhere.get("/cases").status) == (200, 303)
    assert [one.subject for one in emails(world)] == ["Your password for Keyline was changed"]
    assert world.visitor().sign_in(CHAIR).status == 422
    assert world.visitor().sign_in(CHAIR, NEW).status == 303


def test_a_reset_says_the_same_of_every_address_and_writes_to_owners_only(world: World):
    known, unknown = asked(world, CHAIR), asked(world, "nobody@nowhere.example")
    assert known.status == unknown.status == 200
    assert known.text == unknown.text
    assert [one.recipient for one in emails(world)] == [CHAIR]


def test_a_reset_works_once_and_ends_every_session(world: World):
    chair = world.person("chair")
    asked(world, CHAIR)
    page = link_in(emails(world)[0])
    assert page.removeprefix("/reset-password/") not in str(
        run(world, "select address_sha256 from password_resets")
    )
    owner = world.visitor()
    assert owner.get(page).response.headers["referrer-policy"] == "no-referrer"
    assert owner.send(page, {"new": "password1234"}).status == 422
    assert owner.send(page, {"new": NEW}).where == "/sign-in"
    assert owner.send(page, {"new": f"{NEW} again"}).problems == [OVER]
    assert chair.get("/cases").status == 303
    assert world.visitor().sign_in(CHAIR, NEW).status == 303


def test_an_address_of_a_reset_is_short_lived_and_changing_a_password_closes_it(world: World):
    asked(world, CHAIR)
    page = link_in(emails(world)[0])
    run(world, "update password_resets set made_at = clock_timestamp() - interval '31 minutes'")
    assert world.visitor().send(page, {"new": NEW}).problems == [OVER]
    asked(world, CHAIR)
    open_page = link_in(emails(world)[-1])
    chair = world.person("chair")
    chair.send("/account/password", {"current": PASSWORD, "new": NEW})
    assert Visitor(world.app).send(open_page, {"new": f"{NEW} again"}).problems == [OVER]


def test_one_account_is_written_to_three_times_in_a_quarter_of_an_hour(world: World):
    assert {asked(world, CHAIR).status for _ in range(5)} == {200}
    assert len(emails(world)) == 3


def test_an_email_that_did_not_leave_is_sent_by_the_next_round(world: World):
    asked(world, CHAIR)
    run(world, "update account_notices set sent_at = null, claimed_at = null")
    emails(world).clear()
    site = world.app.state.site
    assert deliver_notices(site.neighbours, site.sign_in_engine) == 1
    assert deliver_notices(site.neighbours, site.sign_in_engine) == 0
    assert len(emails(world)) == 1


def test_an_email_that_may_have_left_is_not_sent_again_and_a_refused_one_is_given_up(world: World):
    site, mailer = world.app.state.site, world.app.state.site.neighbours.mailer
    try:
        mailer.loses_the_answer = True
        asked(world, CHAIR)
        mailer.loses_the_answer, mailer.away = False, True
        asked(world, CHAIR)
        mailer.away, mailer.refuses = False, {CHAIR}
        run(world, AN_HOUR_AGO)
        assert deliver_notices(site.neighbours, site.sign_in_engine) == 0
    finally:
        mailer.loses_the_answer, mailer.away, mailer.refuses = False, False, set()
    run(world, AN_HOUR_AGO)
    assert deliver_notices(site.neighbours, site.sign_in_engine) == 0
    assert len(emails(world)) == 1
    assert run(world, "select count(*) from password_resets") == [(1,)]
    assert world.visitor().get(link_in(emails(world)[0])).status == 200
    run(world, "update account_notices set made_at = made_at - interval '8 days'")
    run(world, "update password_resets set made_at = made_at - interval '2 days'")
    deliver_notices(site.neighbours, site.sign_in_engine)
    assert run(world, "select 1 from account_notices union all select 2 from password_resets") == []
