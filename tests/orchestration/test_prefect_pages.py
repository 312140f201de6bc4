"""Prefect's own pages by way of Keyline's: who may open, ask and change what, and what is kept.

The server is a real one.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from deployments.demo.partnerships import OPERATIONS, PASSWORD, PLACES
from deployments.local.home import any_free_port
from services.bootstrap import wall_clock
from services.domain.audit import INSTALLATION
from services.orchestration.deployment_registry import FLOW, POOL, queue_of
from services.orchestration.prefect_relay import SERVED_AT, PrefectRelay
from services.web.app import create_app
from services.web.middleware.headers import POLICY_OF_PREFECT
from tests.carried_cases import OURS
from tests.orchestration.conftest import Stage
from tests.web.browsing import browser, served, sign_in
from tests.web.conftest import World, site_of
from tests.web.visitors import HOST, Answer, Reader, Visitor

API = f"{SERVED_AT}/api"
POOL_PATH = f"work_pools/{POOL}"
AN_ID = str(uuid4())
PAUSE, RESUME = b'{"is_paused":true}', b'{"is_paused":false}'


@pytest.fixture(scope="module")
def relay(stage: Stage) -> Iterator[PrefectRelay]:
    found = PrefectRelay(stage.prefect.api_url, stage.prefect.auth_string)
    yield found
    found.close()


@pytest.fixture(scope="module")
def pages(world: World, relay: PrefectRelay) -> World:
    """The application before the stage's Prefect server."""
    site = replace(site_of(world, lambda: world.now), prefect_relay=relay)
    return replace(world, app=create_app(site))


@pytest.fixture(scope="module")
def operator(pages: World) -> Visitor:
    visitor = pages.visitor()
    visitor.sign_in(OPERATIONS)
    return visitor


@pytest.fixture(scope="module")
def reader(pages: World, operator: Visitor) -> Reader:
    """The operator's browser, which takes Prefect's pages as they are."""
    return Reader(pages.app, operator.cookies)


@pytest.fixture(scope="module")
def a_run(stage: Stage) -> dict[str, str]:
    """A flow run that nobody carries: it is over."""
    found = stage.server.need("GET", f"/deployments/name/{FLOW}/{FLOW}")
    asked = {
        "name": "NMR-2026-001",
        "flow_id": found["flow_id"],
        "deployment_id": found["id"],
        "state": {"type": "COMPLETED"},
    }
    return stage.server.need("POST", "/flow_runs/", asked)


def ask(who: Visitor, method: str, path: str, body: bytes = b"{}", **headers: str) -> Answer:
    """Ask as Prefect's own pages do; a header that is empty is left out."""
    usual = {"origin": HOST, "content-type": "application/json", **headers}
    given = {name: word for name, word in usual.items() if word}
    content = None if method == "GET" else body
    return who.ask(method, f"{API}/{path}", content=content, headers=given)


def links(world: World) -> list[dict[str, object]]:
    """Return what the installation's own chain tells of Prefect, oldest first."""
    question = text(
        "select body from audit_links where tenant_id = :own"
        " and body ->> 'what' like 'prefect%' order by seq"
    )
    with world.admin.connect() as link:
        return list(link.execute(question, {"own": INSTALLATION}).scalars())


def person_of(world: World, email: str) -> str:
    """Return the id by which the audit names whoever has this address."""
    question = text("select id from people where email = :email")
    with world.admin.connect() as link:
        return str(link.execute(question, {"email": email}).scalar_one())


def test_an_operator_reads_runs_and_is_told_no_login(operator, stage, a_run):
    settings = operator.get(f"{SERVED_AT}/ui-settings").response
    found = ask(operator, "POST", "flow_runs/filter").response
    one = ask(operator, "GET", f"flow_runs/{a_run['id']}").response

    assert settings.json()["auth"] is None
    assert settings.json()["api_url"] == API
    assert [each["id"] for each in found.json()].count(a_run["id"]) == 1
    assert one.json()["name"] == "NMR-2026-001"
    for answer in (settings, found, one):
        assert stage.prefect.password not in answer.text
        assert not {"authorization", "set-cookie", "www-authenticate"} & set(answer.headers)


def test_a_page_that_is_opened_stands_in_the_audit_with_who_opened_it(pages, reader, a_run):
    before = len(links(pages))
    page = reader.get(f"{SERVED_AT}/v2/runs/flow-run/{a_run['id']}", accept="text/html")
    script = re.search(r'src="([^"]+\.js)"', page.response.text)[1]
    file = reader.get(script).response

    assert page.response.headers["content-security-policy"] == POLICY_OF_PREFECT
    assert script.startswith(f"{SERVED_AT}/v2/assets/")
    assert file.headers["content-type"].startswith(("text/javascript", "application/javascript"))
    (link,) = links(pages)[before:]
    told = {name: link.get(name) for name in ("what", "page", "object", "role", "person")}
    assert told == {
        "what": "prefect_opened",
        "page": "v2/runs/flow-run",
        "object": a_run["id"],
        "role": "operations",
        "person": person_of(pages, OPERATIONS),
    }


@pytest.mark.parametrize("path", ["v2/settings", "v2/variables", "runs", "v2/mine.html"])
def test_a_page_that_is_not_passed_on_is_not_there(pages, operator, path: str):
    before = len(links(pages))
    assert operator.get(f"{SERVED_AT}/{path}").status == 404
    assert len(links(pages)) == before


@pytest.mark.parametrize("who", ["manager", "administrator"])
def test_nobody_else_is_shown_anything_of_it(pages, who: str):
    visitor = pages.person(who)
    random = visitor.get("/operations")
    for path in ("", "/ui-settings", "/v2/runs", "/api/version"):
        answer = visitor.get(f"{SERVED_AT}{path}")
        assert (answer.status, answer.text) == (403, random.text), path
    assert ask(visitor, "POST", "flow_runs/filter").status == 403
    assert ask(visitor, "PATCH", POOL_PATH, PAUSE).status == 403


def test_a_stranger_signs_in_first(pages):
    stranger = pages.visitor()
    assert stranger.get(f"{SERVED_AT}/v2/runs").where.startswith("/sign-in?next=")
    assert ask(stranger, "POST", "flow_runs/filter").where.startswith("/sign-in")


def test_what_changes_something_is_refused_to_an_operator_too(pages, operator, stage, a_run):
    before, run = len(links(pages)), f"flow_runs/{a_run['id']}"
    planted = [
        ("POST", f"{run}/set_state", b'{"state":{"type":"CANCELLED"},"force":true}'),
        ("POST", f"{run}/resume", b"{}"),
        ("DELETE", run, b""),
        ("PATCH", run, b'{"name":"x"}'),
        ("POST", f"deployments/{a_run['deployment_id']}/create_flow_run", b"{}"),
        ("DELETE", f"deployments/{a_run['deployment_id']}", b""),
        ("PATCH", POOL_PATH, b'{"base_job_template":{},"is_paused":true}'),
        ("PATCH", POOL_PATH, b'{"is_paused": true}'),
        ("PATCH", "work_pools/another", PAUSE),
        ("PUT", POOL_PATH, PAUSE),
        ("PUT", "admin/storage", b"{}"),
        ("GET", "admin/settings", b""),
        ("POST", "variables/", b'{"name":"x","value":1}'),
    ]
    for method, path, body in planted:
        answer = ask(operator, method, path, body)
        assert answer.status == 403, (method, path)
        assert "Keyline passes this on to nobody" in answer.text
    now = stage.server.need("GET", f"/{run}")
    assert (now["state_type"], now["name"]) == ("COMPLETED", "NMR-2026-001")
    assert not stage.server.need("GET", f"/{POOL_PATH}")["is_paused"]
    assert len(links(pages)) == before


def test_an_operator_pauses_the_pool_and_a_queue_and_the_audit_says_who(pages, operator, stage):
    queue = queue_of(OURS)
    stage.server.ask("POST", f"/{POOL_PATH}/queues", {"name": queue})
    before = len(links(pages))
    for path, name in ((POOL_PATH, POOL), (f"{POOL_PATH}/queues/{queue}", queue)):
        assert ask(operator, "PATCH", path, PAUSE).status == 204, name
        assert stage.server.need("GET", f"/{path}")["is_paused"]
        assert ask(operator, "PATCH", path, RESUME).status == 204
        assert not stage.server.need("GET", f"/{path}")["is_paused"]
    told = [(one["what"], one["name"]) for one in links(pages)[before:]]
    assert told == [
        ("prefect_paused", POOL),
        ("prefect_resumed", POOL),
        ("prefect_paused", queue),
        ("prefect_resumed", queue),
    ]
    assert {one["person"] for one in links(pages)[before:]} == {person_of(pages, OPERATIONS)}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": ""}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"content-type": "text/plain"}, 415),
    ],
    ids=str,
)
def test_another_site_can_have_nothing_asked(operator, headers: dict[str, str], status: int):
    assert ask(operator, "POST", "flow_runs/filter", **headers).status == status
    assert ask(operator, "PATCH", POOL_PATH, PAUSE, **headers).status == status


def test_a_body_that_is_too_long_is_refused(operator):
    long = json.dumps({"x": "x" * 1_000_001}).encode()
    assert ask(operator, "POST", "flow_runs/filter", long).status == 413


def test_what_the_pages_ask_by_themselves_keeps_nobody_signed_in(pages, operator, reader):
    old = "update web_sessions set seen_at = clock_timestamp() - interval '20 minutes'"
    seen = (
        "select count(*) from web_sessions where seen_at < clock_timestamp() - interval '1 minute'"
    )
    with pages.admin.begin() as link:
        link.execute(text(old))
    ask(operator, "POST", "flow_runs/filter")
    with pages.admin.connect() as link:
        unseen = link.execute(text(seen)).scalar_one()
    reader.get(f"{SERVED_AT}/v2/runs", accept="text/html")
    with pages.admin.connect() as link:
        assert link.execute(text(seen)).scalar_one() == unseen - 1


def test_a_server_that_is_away_is_said_to_be_so(world):
    nobody = PrefectRelay(f"http://127.0.0.1:{any_free_port()}/api")
    site = replace(site_of(world, lambda: world.now), prefect_relay=nobody)
    visitor = replace(world, app=create_app(site)).visitor()
    visitor.sign_in(OPERATIONS)
    answer = visitor.get(f"{SERVED_AT}/v2/runs")
    assert answer.status == 503
    assert answer.title.startswith("Prefect is not available just now")


@pytest.fixture
def window(world: World, relay: PrefectRelay) -> Iterator[Page]:
    """A browser before the application."""

    def app_at(address: str):
        return create_app(replace(site_of(world, wall_clock, address), prefect_relay=relay))

    with served(app_at) as address, browser(address) as context:
        yield context.new_page()


def test_in_a_browser_an_operator_finds_the_run_and_a_manager_nothing(window: Page, a_run):
    reached = set()
    window.on("requestfinished", lambda one: reached.add(urlsplit(one.url)[:2]))
    sign_in(window, OPERATIONS, PASSWORD)
    window.goto("/operations")
    window.click("text=/Prefect.s own screen/")
    expect(window.get_by_text("NMR-2026-001").first).to_be_visible(timeout=30_000)
    window.goto(f"{SERVED_AT}/v2/runs/flow-run/{a_run['id']}")
    expect(window.get_by_text("NMR-2026-001").first).to_be_visible(timeout=30_000)
    expect(window.locator("canvas").first).to_be_visible(timeout=30_000)
    # Prefect's pages would tell a collector of theirs: the content policy lets them reach us alone.
    assert {one for one in reached if one[0].startswith("http")} == {urlsplit(window.url)[:2]}
    window.context.clear_cookies()
    sign_in(window, PLACES[0].email("manager"), PASSWORD)
    window.goto(f"{SERVED_AT}/v2/runs")
    expect(window.locator("h1")).to_have_text("You cannot do that")
