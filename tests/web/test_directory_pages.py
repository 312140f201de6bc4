"""The manager keeps the directory by page; another person confirms an address outside of it."""

import pytest

from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Answer, Visitor

HERE = "/directory"
FROM = {"valid_from-day": "5", "valid_from-month": "1", "valid_from-year": "2026"}
NO_DAY = dict.fromkeys(FROM, "")
CONTACT = {
    "holder": "The notifications desk",
    "address": "desk@body.example",
    "telephone": "",
    "verified_by": "Rang the switchboard",
    "verified_on-day": "5",
    "verified_on-month": "1",
    "verified_on-year": "2026",
}


@pytest.fixture
def manager(world: World) -> Visitor:
    return world.person("manager")


def link(answer: Answer, starts: str) -> str:
    """Return where the newest link that begins with these words leads."""
    found = [one for one in answer.page.select("main a") if one.get_text(" ").startswith(starts)]
    return found[-1]["href"]


def test_an_outside_address_is_entered_by_one_and_confirmed_by_another(world: World, manager):
    body = {"kind": "outside_body", "name": "Zebra Coroner (example)", **FROM}
    assert manager.send(f"{HERE}/organisations/add", body).where == HERE
    add = link(manager.get(HERE), "Add a contact")
    assert manager.send(add, {"role": "where_to_send", **CONTACT, **FROM}).where == HERE
    page = manager.get(HERE)
    assert "Waits for a second person" in page.text
    assert "Confirm or refuse" not in page.text
    chair = world.person("chair")
    seen = chair.get(HERE)
    assert chair.get(link(seen, "All entries")).status == 200
    assert "Change" not in seen.page.select_one("main").get_text()
    answer = {"is_confirmed": "yes", "grounds": "Asked the coroner's officer"}
    assert chair.send(link(seen, "Confirm or refuse"), answer).where == HERE
    assert "Waits for a second person" not in manager.get(HERE).text
    history = manager.get(link(manager.get(HERE), "All entries")).text
    assert "Confirmed by Octavia Lantern: Asked the coroner's officer" in history


def test_a_change_opens_with_the_entry_and_says_what_cannot_be(manager):
    manager.send(
        f"{HERE}/organisations/add", {"kind": "police", "name": "Zulu Police (example)", **FROM}
    )
    add = link(manager.get(HERE), "Add a contact")
    refused = manager.send(add, {"role": "press_office", **CONTACT, **FROM, "address": "nowhere"})
    assert refused.status == 422
    assert refused.beside("address").startswith("Enter one email address")
    manager.send(add, {"role": "press_office", **CONTACT, **FROM})
    change = link(manager.get(HERE), "Change")
    form = manager.get(change)
    assert form.value("holder") == "The notifications desk"
    assert form.value("verified_by") == ""
    changed = {**CONTACT, **NO_DAY, "holder": "The press desk", "reasons": "A slip."}
    assert manager.post(change, form.hidden | changed).where == HERE
    assert "The press desk" in manager.get(HERE).text
    before = manager.get(f"{HERE}?on=2026-01-04").text
    assert "Not yet" in before
    assert "In force" not in before
    refused = manager.post(change, manager.get(change).hidden | changed)
    assert refused.status == 409
    assert "has ended" in refused.problems[0]


def test_who_may_not_change_it_sees_no_form(world: World):
    for who in ("notifier", "council", "chair", "data-protection"):
        visitor = world.person(who)
        assert visitor.get(HERE).status == 200
        assert visitor.get(f"{HERE}/organisations/add").status == 403, who
    assert world.person("hospital").get(HERE).status == 403


def test_a_referral_that_waits_for_the_authority_says_who_is_on_duty(world: World, manager):
    name = {"kind": "local_authority", "name": "Zz Council (example)", **FROM}
    manager.send(f"{HERE}/organisations/add", name)
    add = link(manager.get(HERE), "Add a contact")
    team = {"role": "out_of_hours_team", **CONTACT, **FROM, "holder": "The night team"}
    assert manager.send(add, team).where == HERE
    turn = {"place": "1", **_moment("from_at", "1"), **_moment("until_at", "9")}
    assert manager.send(link(manager.get(HERE), "Put on duty"), turn).where == HERE
    kept = manager.get(HERE).text
    assert "Nobody is on duty in the next two weeks: from Monday 9 February 2026 at 8am" in kept
    assert "fewer than two registered notifiers" in kept
    case = refer(world.person("hospital"))
    page = manager.get(case).text
    assert "The night team" in page
    assert "No decision maker of the authority has opened this case yet." in page
    assert world.person("notifier").get(case).status == 200
    assert "Opened by Linden Gatepost." in manager.get(case).text


def _moment(name: str, day: str) -> dict[str, str]:
    parts = {"day": day, "month": "2", "year": "2026", "time": "08:00"}
    return {f"{name}-{part}": value for part, value in parts.items()}
