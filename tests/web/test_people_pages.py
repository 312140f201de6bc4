"""The pages on which people are appointed, invited, confirmed and ended."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from deployments.demo.partnerships import PLACES, PLATFORM_ADMINISTRATOR
from services.casework.engine.email_delivery import deliver
from tests.web.conftest import World, site_of
from tests.web.visitors import Visitor

HERE = "/administration/people"
PASSWORD = "a-long-made-up-password"  # noqa: S105 - of a made-up person
_LINK = re.compile(r"(/invitations/[A-Za-z0-9_-]{43})")
FIRST_DAY = {"from_on-day": "1", "from_on-month": "2", "from_on-year": "2026"}


@pytest.fixture
def administrator(world: World) -> Visitor:
    return world.person("administrator")


@pytest.fixture
def platform(world: World) -> Visitor:
    visitor = world.visitor()
    assert visitor.sign_in(PLATFORM_ADMINISTRATOR.email).status == 303
    return visitor


def there(path: str = "") -> str:
    return f"/administration/partnerships/{PLACES[0].partnership_id}/people{path}"


def words(**said: str) -> dict[str, str]:
    told = {
        "address": f"{uuid4()}@new.example",
        "name": "New Comer",
        "role": "review_group_member",
        "reasons": "Asked by the chair",
    }
    return {**told, **FIRST_DAY, **said}


def links_sent_to(world: World, address: str) -> list[str]:
    """Send what waits, and return the one-time addresses that went there."""
    around = site_of(world, lambda: world.now).neighbours
    deliver(around)
    mine = [one for one in around.mailer.emails if one.recipient == address]
    return [match[1] for one in mine if (match := _LINK.search(one.body_text))]


def invited_by(world: World, second: Visitor, address: str) -> str:
    """Have the appointment of that address confirmed, and return where it is accepted."""
    answer = link_of(second.get(there()), address, "/answer")
    assert address in second.get(answer).text
    assert second.send(answer, {"is_confirmed": "yes", "grounds": "Rang the chair"}).status == 303
    (link,) = links_sent_to(world, address)
    return link


def link_of(answer, text: str, path: str) -> str:
    """Return the link of the row that says the text."""
    rows = [row for row in answer.page.select("tr") if text in row.get_text()]
    found = [a["href"] for row in rows for a in row.select("a") if path in a["href"]]
    assert found, answer.text
    return found[0]


def test_from_the_appointment_to_the_first_sign_in(world, administrator, platform):
    said = words()
    assert administrator.send(f"{HERE}/appoint", said).where == HERE
    listed = administrator.get(HERE)
    assert "Waits for the second person" in listed.text
    link = invited_by(world, platform, said["address"])
    invited = world.visitor()
    first = invited.get(link)
    assert first.status == 200
    assert "New Comer" not in first.text
    asked = invited.post(link, first.hidden)
    assert "Review group member" in asked.text
    short = invited.post(link, {**asked.hidden, "answer": "accept", "name": "N", "password": "x"})
    assert short.status == 422
    assert "12" in short.beside("password")
    known = {"answer": "accept", "name": "N", "password": "password1234"}
    assert "tried first" in invited.post(link, {**short.hidden, **known}).beside("password")
    told = {"answer": "accept", "name": "Newby Comer", "password": PASSWORD}
    done = invited.post(link, {**short.hidden, **told})
    assert "on record" in done.text
    assert PASSWORD not in done.response.text
    assert invited.sign_in(said["address"], PASSWORD).status == 303
    assert "Newby Comer" in invited.get("/").text
    assert world.visitor().get(link).status == 200
    assert "Newby Comer" in administrator.get(HERE).text
    assert "Appointment accepted" in administrator.get("/administration/audit").text


def test_an_address_that_is_none_or_used_up_answers_the_same_page(world):
    for token in ("x", "y" * 43):
        stranger = world.visitor()
        link = f"/invitations/{token}"
        answer = stranger.post(link, stranger.get(link).hidden)
        assert answer.status == 403
        assert "any more" in answer.problems[0]


def test_who_has_an_account_is_sent_to_sign_in_and_comes_back(world, administrator, platform):
    address = PLACES[1].email("chair")
    administrator.send(f"{HERE}/appoint", words(address=address))
    assert "has an account" in administrator.get(HERE).text
    link = invited_by(world, platform, address)
    chair = world.visitor()
    asked = chair.post(link, chair.get(link).hidden)
    assert f"/sign-in?next={link}" in str(asked.page)
    sign_in = {"email": address, "password": "a", "next": link}
    assert chair.send("/sign-in", sign_in).status == 422
    signed = world.person("chair", 1)
    offered = signed.post(link, signed.get(link).hidden)
    done = signed.post(link, {**offered.hidden, "answer": "accept"})
    assert "on record" in done.text
    assert PLACES[0].name in signed.get("/roles").text


def test_who_entered_an_appointment_accepts_it_for_nobody(world, administrator, platform):
    address = PLACES[1].email("manager")
    administrator.send(f"{HERE}/appoint", words(address=address))
    link = invited_by(world, platform, address)
    offered = administrator.post(link, administrator.get(link).hidden)
    refused = administrator.post(link, {**offered.hidden, "answer": "accept"})
    assert refused.status == 422
    assert "another person's" in refused.problems[0]
    invited = world.person("manager", 1)
    asked = invited.post(link, invited.get(link).hidden)
    assert "on record" in invited.post(link, {**asked.hidden, "answer": "accept"}).text


def test_an_administrator_who_is_alone_is_told_that_nobody_is_written_to(administrator, platform):
    said = words()
    alone = "the partnership has no other administrator. Ask a platform administrator"
    assert administrator.send(f"{HERE}/appoint", said).where == HERE
    assert f"Nobody of the partnership is written to: {alone}" in row_of(
        administrator.get(HERE), said["address"]
    )
    again = link_of(administrator.get(HERE), said["address"], "/send-again")
    refused = administrator.send(again, {})
    assert refused.status in {409, 422}
    assert f"Nobody was written to: {alone}" in refused.problems[0]
    answers_it = row_of(platform.get(there()), said["address"])
    assert "Confirm or refuse" in answers_it
    assert "Nobody of the partnership is written to" not in answers_it


def row_of(answer, text: str) -> str:
    """Return what the row says that says the text."""
    (row,) = (row.get_text() for row in answer.page.select("tr") if text in row.get_text())
    return row


def test_nobody_but_administrators_sees_the_pages(world, administrator, platform):
    for who in ("manager", "chair", "hospital", "data-protection"):
        assert world.person(who).get(HERE).status == 403
        assert world.person(who).get(there()).status == 403
    assert administrator.get(there()).status == 403
    assert platform.get(HERE).status == 403
    assert platform.get(there().replace(str(PLACES[0].partnership_id), str(uuid4()))).status == 404


def test_what_is_wrong_is_said_in_the_fields_words_and_nothing_typed_is_lost(administrator):
    answer = administrator.send(f"{HERE}/appoint", words(role="safeguarding_partner"))
    assert answer.status == 422
    assert answer.value("name") == "New Comer"
    assert answer.beside("seat")
    own = administrator.send(f"{HERE}/appoint", words(address=PLACES[0].email("administrator")))
    assert "your own address" in own.beside("address")


def test_a_platform_administrator_gives_themselves_no_role(world, administrator, platform):
    """The partnership does not see them, and their own address is refused them all the same."""
    mine = PLATFORM_ADMINISTRATOR.email
    own = platform.send(there("/appoint"), words(address=mine.upper()))
    assert own.status == 422
    assert "your own address" in own.beside("address")
    assert administrator.send(f"{HERE}/appoint", words(address=mine)).where == HERE
    withdraw = link_of(administrator.get(HERE), mine, "/withdraw")
    answer = withdraw.replace(HERE, there()).replace("/withdraw", "/answer")
    assert mine in platform.get(answer).text
    assert answer not in str(platform.get(there()).page)
    refused = platform.send(answer, {"is_confirmed": "yes", "grounds": "I said so"})
    assert refused.status == 409
    assert "the appointment is your own" in refused.problems[0]
    assert not links_sent_to(world, mine)


def test_a_leaver_is_out_at_once_and_their_sessions_end(world, administrator):
    member = world.person("member")
    assert member.get("/").status == 200
    end = link_of(administrator.get(HERE), PLACES[0].email("member"), "/leaving/")
    shown = administrator.get(end)
    assert "What they hold" in shown.text
    yesterday = world.now.date() - timedelta(days=1)
    said = {
        "last_day-day": str(yesterday.day),
        "last_day-month": str(yesterday.month),
        "last_day-year": str(yesterday.year),
        "reasons": "Left",
    }
    answer = administrator.send(end, said)
    assert answer.status == 303, answer.text
    assert member.get("/").where.startswith("/sign-in")
    assert PLACES[0].email("member") not in administrator.get(HERE).text


def test_a_role_is_confirmed_and_a_deputy_entered(administrator):
    keep = link_of(administrator.get(HERE), PLACES[0].email("scrutineer"), "/keep")
    assert administrator.send(keep, {"reasons": "Her contract runs"}).status == 303
    assert "Her contract runs" in administrator.get(HERE).text
    deputy = link_of(administrator.get(HERE), PLACES[0].email("scrutineer"), "/deputy")
    until = {"to_on-day": "9", "to_on-month": "2", "to_on-year": "2026"}
    said = {"address": f"{uuid4()}@d.example", "name": "A Deputy", "reasons": "Leave", **until}
    assert administrator.send(deputy, {**FIRST_DAY, **said}).status == 303
    assert "A Deputy" in administrator.get(HERE).text
