"""How often a password may be tried: who is stopped by it, and who is not."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import cycle, islice

import pytest
from sqlalchemy import text

from deployments.demo.partnerships import PASSWORD, PLACES
from services.casework.accounts.sign_in_tries import (
    TRIES_FROM_A_BUSY_ADDRESS,
    TRIES_FROM_AN_ADDRESS,
    TRIES_OF_A_BROWSER,
    TRIES_OF_AN_ACCOUNT,
    TRIES_OF_AN_ADDRESS,
)
from services.mail import Email
from services.web.app import create_app
from services.web.cookies import BROWSER
from tests.web.conftest import World, site_of
from tests.web.visitors import Answer, Visitor

CHAIR, MANAGER = PLACES[2].email("chair"), PLACES[2].email("manager")
OFFICE, ELSEWHERE = "198.51.100.7", "203.0.113.9"
SHUT = "Too many tries to sign in with this email address from where you are."


@pytest.fixture(autouse=True)
def no_tries(world: World) -> Iterator[None]:
    """Begin, and leave, with every door open."""
    run(world, "delete from sign_in_attempts")
    world.app.state.site.neighbours.mailer.emails.clear()
    yield
    run(world, "delete from sign_in_attempts")


def run(world: World, change: str) -> None:
    with world.admin.begin() as link:
        link.execute(text(change))


def at(world: World, place: str = OFFICE) -> Visitor:
    """Return a browser that was never here before, at an address."""
    return Visitor(world.app, place=place)


def fail(visitor: Visitor, email: str, times: int = 1) -> list[int]:
    """Try wrong passwords on a page that is opened once; return how each was answered."""
    return fail_each(visitor, [email] * times)


def fail_each(visitor: Visitor, emails: Iterable[str]) -> list[int]:
    """Try a wrong password for each on a page that is opened once; return how it was answered."""
    wrong = {**visitor.get("/sign-in").hidden, "password": "not it"}
    return [visitor.status_of("/sign-in", {**wrong, "email": email}) for email in emails]


def people(count: int, first: int = 0) -> list[str]:
    """Return so many email addresses of one office, numbered from the first."""
    return [f"person{number}@office.example" for number in range(first, first + count)]


def letters(world: World) -> list[Email]:
    return world.app.state.site.neighbours.mailer.emails


def test_an_account_is_shut_where_it_was_tried_and_the_person_is_told_what_to_do(world: World):
    thief = at(world)
    assert fail(thief, CHAIR, TRIES_FROM_AN_ADDRESS) == [422] * TRIES_FROM_AN_ADDRESS
    answer = thief.sign_in(CHAIR)
    assert answer.status == 429
    assert answer.problems[0].startswith(SHUT)
    assert "Wait 15 minutes and try again" in answer.problems[0]
    assert "tell an administrator" in answer.problems[0]
    assert at(world).sign_in(CHAIR).status == 429, "another browser there"
    assert at(world, ELSEWHERE).sign_in(CHAIR).status == 303, "the owner is elsewhere"
    assert at(world).sign_in(MANAGER).status == 303, "another person of the same office"


def test_however_the_address_is_written_it_is_one_account(world: World):
    thief = at(world)
    written = (CHAIR.upper(), f" {CHAIR} ", CHAIR)
    fail_each(thief, islice(cycle(written), TRIES_FROM_AN_ADDRESS))
    assert thief.sign_in(CHAIR).status == 429


def test_an_unknown_account_is_answered_like_a_known_one(world: World):
    for email in (CHAIR, "nobody@nowhere.example"):
        answers = [at(world).sign_in(email, "not it") for _ in range(TRIES_FROM_AN_ADDRESS + 1)]
        assert [one.status for one in answers] == [422] * TRIES_FROM_AN_ADDRESS + [429]
        assert answers[-1].problems[0].startswith(SHUT)


def test_an_office_where_many_fail_is_not_shut(world: World):
    fail_each(at(world), people(TRIES_OF_AN_ADDRESS + 10))
    assert at(world).sign_in(MANAGER).status == 303
    assert fail(at(world), CHAIR, TRIES_FROM_A_BUSY_ADDRESS + 1) == [422, 422, 422, 429]
    assert at(world).sign_in(MANAGER).status == 303, "still"


def test_ones_own_success_opens_no_door_for_more_tries(world: World):
    answers = []
    for _ in range(4):
        answers += fail(at(world), CHAIR, 4)
        assert at(world).sign_in(MANAGER).status == 303
    assert answers == [422] * TRIES_FROM_AN_ADDRESS + [429] * 6
    for first in range(0, TRIES_OF_AN_ADDRESS, 5):
        fail_each(at(world), people(5, first))
        assert at(world).sign_in(MANAGER).status == 303
    assert fail(at(world), PLACES[2].email("council"), 4) == [422, 422, 422, 429], "it is busy"


def test_a_success_counts_as_no_try(world: World):
    for _ in range(TRIES_FROM_AN_ADDRESS + 2):
        assert at(world).sign_in(CHAIR).status == 303


def test_from_everywhere_together_an_account_has_thirty_tries(world: World):
    places = [f"192.0.2.{number}" for number in range(10)]
    answers = [fail(at(world, place), CHAIR, 5) for place in places]
    taken = sum(status == 422 for answer in answers for status in answer)
    assert taken == TRIES_OF_AN_ACCOUNT
    assert at(world, ELSEWHERE).sign_in(CHAIR).status == 429


def test_a_browser_that_is_known_is_not_kept_out_by_others(world: World):
    owner = at(world)
    assert owner.sign_in(CHAIR).status == 303
    owner.cookies.pop("keyline-session")
    for place in (OFFICE, ELSEWHERE, "192.0.2.1", "192.0.2.2"):
        fail(at(world, place), CHAIR, TRIES_FROM_AN_ADDRESS)
    assert at(world).sign_in(CHAIR).status == 429
    assert owner.sign_in(CHAIR).status == 303


def test_a_browser_that_is_known_has_tries_of_its_own_and_no_more(world: World):
    owner = at(world)
    owner.sign_in(CHAIR)
    owner.cookies.pop("keyline-session")
    assert fail(owner, CHAIR, TRIES_OF_A_BROWSER + 1) == [422] * TRIES_OF_A_BROWSER + [429]


@pytest.mark.parametrize("email", [MANAGER, "nobody@nowhere.example"])
def test_a_browser_is_known_for_its_own_person_only(world: World, email: str):
    owner = at(world)
    owner.sign_in(CHAIR)
    owner.cookies.pop("keyline-session")
    fail(at(world), email, TRIES_FROM_AN_ADDRESS)
    assert owner.sign_in(email, "not it").status == 429


@pytest.mark.parametrize("made_up", ["", "-", "a-b", "0" * 32 + "-" + "0" * 64, "x" * 5000])
def test_a_browser_that_only_says_it_is_known_is_not(world: World, made_up: str):
    fail(at(world), CHAIR, TRIES_FROM_AN_ADDRESS)
    visitor = at(world)
    visitor.cookies[BROWSER] = made_up
    assert visitor.sign_in(CHAIR).status == 429


def test_the_door_opens_again_after_a_quarter_of_an_hour_and_trying_does_not_put_it_off(
    world: World,
):
    fail(at(world), CHAIR, TRIES_FROM_AN_ADDRESS)
    run(world, "update sign_in_attempts set tried_at = tried_at - interval '10 minutes'")
    assert fail(at(world), CHAIR, 5) == [429] * 5
    run(world, "update sign_in_attempts set tried_at = tried_at - interval '6 minutes'")
    assert at(world).sign_in(CHAIR).status == 303


def test_forty_at_once_gain_nothing(world: World):
    def wrong(_number: int) -> int:
        return at(world).sign_in(CHAIR, "not it").status

    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(wrong, range(40)))
    assert sorted(answers) == [422] * TRIES_FROM_AN_ADDRESS + [429] * 30


def test_the_owner_is_told_once_with_no_word_of_a_case(world: World):
    fail(at(world), CHAIR, TRIES_FROM_AN_ADDRESS)
    assert letters(world) == []
    fail(at(world), CHAIR, 5)
    fail(at(world, ELSEWHERE), CHAIR, TRIES_FROM_AN_ADDRESS + 2)
    (email,) = letters(world)
    assert email.recipient == CHAIR
    assert "If it was not you" in email.body_text
    for words in (email.subject, email.body_text, email.body_html):
        assert "TRV-" not in words
        assert OFFICE not in words
    run(world, "update sign_in_attempts set tried_at = tried_at - interval '16 minutes'")
    fail(at(world), CHAIR, TRIES_FROM_AN_ADDRESS + 1)
    assert len(letters(world)) == 2, "once in each quarter of an hour"


def test_of_an_account_that_is_none_no_one_is_told(world: World):
    fail(at(world), "nobody@nowhere.example", TRIES_FROM_AN_ADDRESS + 3)
    assert letters(world) == []


def test_while_mail_is_away_the_answer_is_the_same_and_the_next_try_tells(world: World):
    mailer = world.app.state.site.neighbours.mailer
    fail(at(world), CHAIR, TRIES_FROM_AN_ADDRESS)
    mailer.away = True
    assert fail(at(world), CHAIR) == [429]
    mailer.away = False
    assert letters(world) == []
    assert fail(at(world), CHAIR) == [429]
    assert len(letters(world)) == 1


@dataclass
class Behind:
    """A visitor behind proxies, of which each writes down the one before it."""

    app: object

    def sign_in(self, peer: str, forwarded: str, password: str = "not it") -> Answer:  # noqa: S107
        visitor = Visitor(self.app, place=peer)
        hidden = visitor.get("/sign-in").hidden
        said = {**hidden, "email": CHAIR, "password": password}
        return visitor.post("/sign-in", said, **{"x-forwarded-for": forwarded})


def behind(world: World, trusted: str) -> Behind:
    return Behind(create_app(replace(site_of(world, lambda: world.now), trusted_proxies=trusted)))


def test_without_a_trusted_proxy_no_one_is_believed(world: World):
    plain = behind(world, "")
    for number in range(TRIES_FROM_AN_ADDRESS):
        assert plain.sign_in("127.0.0.1", f"192.0.2.{number}").status == 422
    assert plain.sign_in("127.0.0.1", "192.0.2.99").status == 429


def test_behind_a_trusted_proxy_each_person_has_an_address_of_their_own(world: World):
    proxied = behind(world, "10.0.0.0/8 127.0.0.1")
    for _ in range(TRIES_FROM_AN_ADDRESS):
        assert proxied.sign_in("10.1.2.3", "192.0.2.1, 10.9.9.9").status == 422
    assert proxied.sign_in("10.1.2.3", "192.0.2.1, 10.9.9.9").status == 429
    assert proxied.sign_in("10.1.2.3", "192.0.2.2, 10.9.9.9", PASSWORD).status == 303


@pytest.mark.parametrize("made_up", ["192.0.2.{}, 192.0.2.200", "x{}, 192.0.2.200"])
def test_what_a_person_writes_before_the_proxy_is_not_believed(world: World, made_up: str):
    proxied = behind(world, "10.0.0.0/8")
    for number in range(TRIES_FROM_AN_ADDRESS):
        assert proxied.sign_in("10.1.2.3", made_up.format(number)).status == 422
    assert proxied.sign_in("10.1.2.3", made_up.format(99)).status == 429


def test_a_household_with_ipv6_is_one_address(world: World):
    for number in range(TRIES_FROM_AN_ADDRESS):
        fail(at(world, f"2001:db8:1:2::{number:x}"), CHAIR)
    assert fail(at(world, "2001:db8:1:2:ffff::1"), CHAIR) == [429]
    assert fail(at(world, "2001:db8:1:3::1"), CHAIR) == [422]
    fail(at(world, "198.51.100.50"), MANAGER, TRIES_FROM_AN_ADDRESS)
    assert fail(at(world, "::ffff:198.51.100.50"), MANAGER) == [429]


@pytest.mark.parametrize("setting", ["nonsense", "10.0.0.0/99", "10.0.0.1,10.0.0.2"])
def test_a_wrong_setting_of_proxies_stops_the_start(world: World, setting: str):
    with pytest.raises(Exception, match="KEYLINE_TRUSTED_PROXIES"):
        behind(world, setting)


def test_a_browser_that_refuses_cookies_is_told_so(world: World):
    visitor = at(world)
    hidden = visitor.get("/sign-in").hidden
    visitor.cookies.clear()
    answer = visitor.post("/sign-in", {**hidden, "email": CHAIR, "password": PASSWORD})
    assert answer.status == 403
    assert answer.page.h1.get_text() == "Your browser sent no cookie"
    assert "Allow cookies for this site" in answer.text
    assert CHAIR not in answer.response.text


def test_who_is_signed_in_is_not_asked_to_sign_in_again(world: World):
    visitor = at(world)
    visitor.sign_in(CHAIR)
    assert visitor.get("/sign-in?next=/cases").where == "/cases"
    assert visitor.get("/sign-in?next=//evil.example").where == "/"
