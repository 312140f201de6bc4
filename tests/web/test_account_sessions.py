"""A person's own sessions: seen, gone on with, and ended."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from deployments.demo.partnerships import PASSWORD, PLACES
from services.web.devices import device_words
from tests.web.conftest import START, World
from tests.web.visitors import Visitor

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Safari/604.1"
MANAGER = PLACES[0].email("manager")


@pytest.fixture(autouse=True)
def _nobody_is_in(world: World) -> Iterator[None]:
    yield
    with world.admin.begin() as link:
        link.execute(text("delete from web_sessions"))
        link.execute(text("delete from sign_in_attempts"))


def signed_in(world: World, device: str) -> Visitor:
    visitor = world.visitor()
    typed = {**visitor.get("/sign-in").hidden, "email": MANAGER, "password": PASSWORD}
    assert visitor.post("/sign-in", typed, **{"user-agent": device}).status == 303
    return visitor


def devices(visitor: Visitor) -> list[str]:
    page = visitor.get("/account").page
    return [one.get_text(strip=True) for one in page.select(".govuk-summary-card__title")]


def test_each_session_is_named_by_its_device_and_one_is_ended(world: World):
    at_work, on_the_way = signed_in(world, FIREFOX), signed_in(world, IPHONE)
    assert set(devices(at_work)) == {"Firefox on Windows (this one)", "Safari on an iPhone"}
    assert "Password" in at_work.get("/account").text
    form = at_work.get("/account").page.select_one("input[name=session]").find_parent("form")
    hidden = {one["name"]: one["value"] for one in form.select("input")}
    assert at_work.post("/account/sessions/end", hidden).where == "/account"
    assert on_the_way.get("/account").where == "/sign-in?next=/account"
    assert devices(at_work) == ["Firefox on Windows (this one)"]


def test_all_others_are_ended_and_this_one_stays(world: World):
    others = [signed_in(world, IPHONE) for _ in range(2)]
    here = signed_in(world, FIREFOX)
    hidden = here.unopened()
    assert here.post("/account/sessions/end", hidden).where == "/account"
    assert [one.get("/account").status for one in (*others, here)] == [303, 303, 200]


def test_nobody_ends_a_session_of_somebody_else(world: World):
    manager, chair = signed_in(world, FIREFOX), world.person("chair")
    with world.admin.connect() as link:
        ids = link.execute(text("select id from web_sessions")).scalars().all()
    hidden = chair.unopened()
    for one in ids:
        chair.post("/account/sessions/end", {**hidden, "session": str(one)})
    assert manager.get("/account").status == 200


def test_what_a_browser_says_of_itself_is_not_kept(world: World):
    signed_in(world, f"{FIREFOX} <script> ann@council.example")
    with world.admin.connect() as link:
        assert link.execute(text("select device from web_sessions")).scalars().all() == [
            "Firefox on Windows"
        ]
    assert device_words("") == "A browser"


def test_signing_in_while_signed_in_works_also_from_a_page_that_was_open_before(world: World):
    visitor = world.visitor()
    older = visitor.get("/sign-in").hidden
    assert visitor.sign_in(MANAGER).status == 303
    before = visitor.cookies["keyline-session"]
    chair = {**older, "email": PLACES[0].email("chair"), "password": PASSWORD}
    assert visitor.post("/sign-in", chair).where == "/"
    assert "review group chair" in visitor.get("/").text
    thief = Visitor(world.app, {"keyline-session": before})
    assert thief.get("/").status == 303


def test_an_older_page_to_sign_in_opens_no_other_form(world: World):
    visitor = world.visitor()
    older = visitor.get("/sign-in").hidden
    visitor.sign_in(MANAGER)
    assert visitor.post("/account/sessions/end", older).status == 403


def test_a_browser_that_keeps_no_cookie_is_told_so(world: World):
    visitor = world.visitor()
    hidden = visitor.get("/sign-in").hidden
    visitor.cookies.clear()
    answer = visitor.post("/sign-in", {**hidden, "email": MANAGER, "password": PASSWORD})
    assert answer.status == 403
    assert "Your browser sent no cookie" in answer.text


def test_each_page_says_when_the_sign_in_ends_and_staying_is_use(world: World):
    manager = signed_in(world, FIREFOX)
    assert START.hour == 9
    assert "If you do nothing, you are signed out at 09:29" in manager.get("/account").text
    with world.admin.begin() as link:
        old = "update web_sessions set seen_at = clock_timestamp() - interval '29 minutes'"
        link.execute(text(old))
    stayed = manager.post("/account/stay", manager.unopened())
    assert stayed.response.json() == {"seconds": 29 * 60}
    with world.admin.connect() as link:
        age = "select max(clock_timestamp() - seen_at) < interval '1 minute' from web_sessions"
        assert link.execute(text(age)).scalar_one()


def test_the_last_half_hour_of_twelve_is_told_as_it_is(world: World):
    manager = signed_in(world, FIREFOX)
    with world.admin.begin() as link:
        old = "update web_sessions set started_at = clock_timestamp() - interval '11 h 50 min 1 s'"
        link.execute(text(old))
    assert "you are signed out at 09:09" in manager.get("/account").text
