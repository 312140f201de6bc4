"""The calendar that other programs read: made and ended by its owner, and read at its address."""

import logging
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import text

from services.casework.calendar_feeds.addresses import READINGS, WRONG_FROM_A_PLACE
from services.database.sessions import at_the_door, end_sessions, shut_out
from services.domain.calendar_feeds import MOST
from services.observability.metrics import REQUESTS
from services.web.middleware import access_log
from tests.web.conftest import HOST, World
from tests.web.referrals import refer
from tests.web.visitors import Answer, Visitor

HERE = "/account/calendar"
NEVER = "/calendars/" + "x" * 43 + "/keyline.ics"


@pytest.fixture(autouse=True)
def _no_address_yet(world: World):
    yield
    with world.admin.begin() as link:
        link.execute(text("delete from calendar_feeds"))
        link.execute(text("delete from sign_in_attempts"))


def made(visitor: Visitor, kind: str = "own") -> str:
    """Make an address, and return its path: what is shown stands in no other page."""
    hidden = visitor.get(HERE).hidden
    shown = visitor.post(HERE, {**hidden, "kind": kind})
    assert shown.status == 200, shown.text
    address = shown.page.select_one("main code").get_text(strip=True)
    assert address.startswith(f"{HOST}/calendars/")
    assert address not in visitor.get(HERE).text
    return address.removeprefix(HOST)


def read(world: World, path: str, **headers: str) -> Answer:
    return world.visitor().ask("GET", path, headers=headers)


def told(world: World, what: str) -> int:
    question = text("select count(*) from audit_links where body->>'what' = :what")
    with world.admin.connect() as link:
        return link.execute(question, {"what": what}).scalar_one()


def test_a_calendar_is_made_shown_once_and_read_without_a_sign_in(world: World):
    manager = world.person("manager")
    case = refer(manager)
    assert manager.get("/account").page.find("a", href=HERE) is not None
    assert "You have no address yet" in manager.get(HERE).text
    path = made(manager, "partnership")
    answer = read(world, path)
    assert answer.status == 200
    headers = answer.response.headers
    assert headers["content-type"] == "text/calendar; charset=utf-8"
    assert headers["cache-control"] == "private, no-cache"
    assert headers["referrer-policy"] == "no-referrer"
    assert "noindex" in headers["x-robots-tag"]
    assert "set-cookie" not in headers
    events = Calendar.from_ical(answer.response.content).walk("VEVENT")
    assert {str(one["url"]) for one in events} >= {f"{HOST}{case}"}
    assert "Robin" not in answer.response.text
    assert manager.get(HERE).page.select(".govuk-summary-card")


def test_what_is_known_already_is_not_sent_again(world: World):
    manager = world.person("manager")
    refer(manager)
    path = made(manager)
    first = read(world, path)
    tag = first.response.headers["etag"]
    again = read(world, path, **{"if-none-match": tag})
    assert (again.status, again.response.content) == (304, b"")
    assert again.response.headers["etag"] == tag
    refer(manager)
    assert read(world, path, **{"if-none-match": tag}).status == 200


def test_the_database_keeps_no_address_and_neither_log_nor_count_holds_one(world: World, caplog):
    manager = world.person("manager")
    access_log.LOG.addHandler(caplog.handler)
    try:
        with caplog.at_level(logging.DEBUG):
            path = made(manager)
            assert read(world, path).status == 200
            assert read(world, path + "x").status == 404
    finally:
        access_log.LOG.removeHandler(caplog.handler)
    secret = path.split("/")[2]
    said = " ".join(str(vars(one)) for one in caplog.records if "httpx" not in one.name)
    assert secret not in said
    with world.admin.connect() as link:
        assert secret not in str(link.execute(text("select * from calendar_feeds")).all())
    labels = [str(one.labels) for family in REQUESTS.collect() for one in family.samples]
    assert any("/calendars/{token}/keyline.ics" in one for one in labels)
    assert not any(secret in one for one in labels)


def test_an_address_that_is_ended_or_was_none_opens_nothing(world: World):
    manager = world.person("manager")
    path = made(manager)
    page = manager.get(HERE).page
    form = page.select_one("input[name=feed]").find_parent("form")
    hidden = {one["name"]: one["value"] for one in form.select("input")}
    other = world.person("chair")
    assert other.post(f"{HERE}/end", {**other.unopened(), "feed": hidden["feed"]}).status == 404
    assert read(world, path).status == 200
    assert manager.post(f"{HERE}/end", hidden).where == f"{HERE}?done=ended"
    assert [read(world, one).status for one in (path, NEVER)] == [404, 404]
    assert "The address has ended" in manager.get(f"{HERE}?done=ended").text


def test_it_ends_with_the_role_and_after_a_year(world: World):
    chair = world.person("chair")
    path = made(chair)
    with world.admin.begin() as link:
        link.execute(text("update calendar_feeds set made_at = made_at - interval '366 days'"))
    assert read(world, path).status == 404
    path = made(chair)
    ended = text("update memberships set to_on = :day where person_id = :person and to_on is null")
    with world.admin.begin() as link:
        person = link.execute(text("select person_id from calendar_feeds")).scalars().all()[-1]
        day = world.now.date() - timedelta(days=1)
        link.execute(ended, {"day": day, "person": person})
    try:
        assert read(world, path).status == 404
    finally:
        with world.admin.begin() as link:
            link.execute(
                text("update memberships set to_on = null where person_id = :person"),
                {"person": person},
            )
    assert read(world, path).status == 200


def test_it_ends_where_an_account_is_shut(world: World):
    """A lost second factor, a password that was reset: whoever was in is out, calendars too."""
    manager = world.person("manager")
    path = made(manager)
    with world.admin.connect() as link:
        (person,) = link.execute(text("select distinct person_id from calendar_feeds")).scalars()
    with at_the_door(world.door) as session:
        end_sessions(session, person)
    assert read(world, path).status == 200
    with at_the_door(world.door) as session:
        shut_out(session, person)
    assert read(world, path).status == 404


def test_what_is_made_read_and_ended_is_told_once_a_day(world: World):
    before = {one: told(world, one) for one in ("calendar_made", "calendar_read")}
    manager = world.person("manager")
    path = made(manager)
    for _ in range(3):
        read(world, path)
    assert told(world, "calendar_made") == before["calendar_made"] + 1
    assert told(world, "calendar_read") == before["calendar_read"] + 1
    with world.admin.begin() as link:
        link.execute(text("update calendar_feeds set read_at = read_at - interval '25 hours'"))
    read(world, path)
    assert told(world, "calendar_read") == before["calendar_read"] + 2


def test_a_place_that_tries_addresses_waits_and_so_does_an_address_that_is_read_without_end(
    world: World,
):
    path = made(world.person("manager"))
    for _ in range(READINGS):
        assert read(world, path).status == 200
    assert read(world, path).status == 429
    statuses = {
        read(world, f"/calendars/{n}/keyline.ics").status for n in range(WRONG_FROM_A_PLACE)
    }
    assert statuses == {404}
    assert read(world, NEVER).status == 429


def test_who_may_have_which_calendar_and_how_many(world: World):
    hospital = world.person("hospital")
    kinds = [one["value"] for one in hospital.get(HERE).page.select("input[name=kind]")]
    assert kinds == ["own"]
    hidden = hospital.get(HERE).hidden
    assert hospital.post(HERE, {**hidden, "kind": "partnership"}).status == 403
    assert hospital.post(HERE, {**hidden, "kind": "everything"}).status == 404
    for _ in range(MOST):
        made(hospital)
    assert hospital.post(HERE, {**hidden, "kind": "own"}).status == 409
    assert world.person("administrator").get(HERE).status == 403


def test_a_calendar_shows_only_what_its_owner_may_see(world: World):
    manager, elsewhere = world.person("manager"), world.person("manager", place=1)
    case = refer(manager)
    theirs, own = made(elsewhere, "partnership"), made(world.person("hospital"))
    for path in (theirs, own):
        assert case not in read(world, path).response.text
