"""What is seen of the service: counts at a private port, and one id from the page to the email."""

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import httpx
import pytest
from prometheus_client import generate_latest
from sqlalchemy import text

from deployments.demo.partnerships import PLACES
from deployments.local.home import any_free_port
from services.casework.engine.case_leases import Holder, acquire, release
from services.casework.engine.email_delivery import deliver
from services.casework.engine.periodic_jobs import TICK
from services.casework.engine.work_runner import run_step
from services.casework.handlers import HANDLERS
from services.database import ticks
from services.domain.identifiers import CaseId
from services.domain.workflow import Step
from services.observability.exposition import MetricsAddress
from services.observability.logs import JsonLine
from services.observability.metrics import REGISTRY
from services.web.app import create_app
from services.web.background import beside_pages
from tests.servers import app_engine_on
from tests.web.conftest import World, site_of
from tests.web.referrals import REFERRAL
from tests.web.visitors import Visitor

MADE_UP = "robin-example-of-a-made-up-town"


def counted(route: str, method: str, status: int) -> float:
    labels = {"route": route, "method": method, "status": str(status)}
    return REGISTRY.get_sample_value("keyline_http_requests_total", labels) or 0.0


@pytest.mark.parametrize(
    ("method", "path", "labels"),
    [
        ("GET", "/version", ("/version", "GET", 200)),
        ("GET", "/cases/robin-example", ("/cases/{case_id}", "GET", 404)),
        ("GET", "/static/govuk.css", ("/static", "GET", 200)),
        ("GET", "/robin-example", ("none", "GET", 404)),
        ("BREW", "/version", ("/version", "other", 405)),
    ],
)
def test_a_request_is_counted_by_its_template(world: World, method, path, labels):
    visitor = world.person("manager") if path.startswith("/cases") else world.visitor()
    before = counted(*labels)
    assert visitor.ask(method, path).status == labels[-1]
    assert counted(*labels) == before + 1
    assert b"robin" not in generate_latest(REGISTRY)


def test_a_request_that_is_refused_before_any_page_is_counted(world: World):
    before = counted("none", "GET", 400)
    assert world.visitor().get("/sign-in", host="evil.example").status == 400
    assert counted("none", "GET", 400) == before + 1


def test_the_public_never_reaches_the_numbers(world: World):
    for path in ("/metrics", "/metrics/"):
        assert world.visitor().get(path).status == 404


def asked(port: int) -> str:
    return httpx.get(f"http://127.0.0.1:{port}/metrics", timeout=20).text


def test_they_are_answered_at_a_port_of_its_own_with_the_record(world: World):
    port = any_free_port()
    site = replace(site_of(world, lambda: world.now), metrics=MetricsAddress(port))
    ticks.claim(world.engine, TICK, 0.0)
    with beside_pages(site):
        said = asked(port)
    assert "keyline_record_readable 1.0" in said
    for place in PLACES:
        late = rf'keyline_clocks_late\{{binding="duty",partnership="{place.code}"\}} \d'
        assert re.search(late, said)
    assert 'keyline_round_age_seconds{round="tick"} ' in said
    assert "keyline_http_requests_total" in said
    assert "keyline_process_resident_memory_bytes" in said
    with pytest.raises(httpx.ConnectError):
        asked(port)


def test_a_record_that_is_away_is_told_and_no_old_number_stays(world: World):
    port = any_free_port()
    site = site_of(world, lambda: world.now)
    gone = app_engine_on("postgresql://nobody:nothing@127.0.0.1:1/gone")
    lost = replace(site, neighbours=replace(site.neighbours, engine=gone))
    with beside_pages(replace(lost, metrics=MetricsAddress(port))):
        said = asked(port)
    assert "keyline_record_readable 0.0" in said
    assert "keyline_clocks_late" not in said


def test_pages_are_served_where_the_port_is_taken(world: World, lines: list[dict[str, object]]):
    port = any_free_port()
    site = replace(site_of(world, lambda: world.now), metrics=MetricsAddress(port))
    with beside_pages(site), beside_pages(site):
        assert "keyline_record_readable 1.0" in asked(port)
    assert [one["logger"] for one in lines if "Nobody can ask" in str(one["message"])] == [
        "keyline.metrics"
    ]


@pytest.fixture
def lines() -> Iterator[list[dict[str, object]]]:
    """Return what this process logs while the test runs, as it stands in the log."""
    found: list[dict[str, object]] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(JsonLine().format(record)))

    kept, loggers = Kept(), [logging.getLogger(one) for one in ("keyline", "keyline.web")]
    before = loggers[0].level
    loggers[0].setLevel(logging.INFO)
    for one in loggers:
        one.addHandler(kept)
    yield found
    loggers[0].setLevel(before)
    for one in loggers:
        one.removeHandler(kept)


def refer(visitor: Visitor, **headers: str) -> tuple[CaseId, str]:
    """Refer an incident; return the case, and the request's id as the person is told it."""
    answer = visitor.post("/refer", {**visitor.unopened(), **REFERRAL}, **headers)
    assert answer.status == 303, answer.problems
    case_id = answer.where.split("?")[0].rpartition("/")[2]
    return CaseId(UUID(case_id)), answer.response.headers["x-request-id"]


def kept_of(world: World, table: str, case_id: CaseId) -> set[str]:
    with world.admin.connect() as link:
        question = text(f"select request_id from {table} where case_id = :case")  # noqa: S608 -- ours
        return set(link.execute(question, {"case": case_id}).scalars())


def test_one_id_goes_from_the_page_to_the_work_and_to_the_emails(
    world: World, lines: list[dict[str, object]]
):
    case_id, request_id = refer(world.person("manager"))
    assert kept_of(world, "due_work", case_id) == {request_id}
    assert kept_of(world, "outbox_emails", case_id) == {request_id}
    around = site_of(world, lambda: world.now).neighbours
    lease = acquire(around, case_id, Holder("a test"))
    for step in Step:
        run_step(around, lease, step, HANDLERS)
    release(around, lease)
    while deliver(around):
        pass
    of_case = [one for one in lines if one.get("case") == str(case_id)]
    assert {one["request"] for one in of_case} == {request_id}
    assert {one["logger"] for one in of_case} == {"keyline.run", "keyline.courier"}
    assert {one["outcome"] for one in of_case} == {"done", "sent"}
    (page,) = [one for one in lines if one["logger"] == "keyline.web" and one["act"] == "/refer"]
    assert page["request"] == request_id


def test_what_nobody_asked_for_at_a_page_has_no_id(world: World):
    case_id, _request_id = refer(world.person("manager"))
    with world.admin.begin() as link:
        link.execute(text("update outbox_emails set request_id = default"))
    assert kept_of(world, "outbox_emails", case_id) == {""}


def test_only_a_trusted_proxy_names_a_request(world: World):
    headers = {"x-request-id": MADE_UP}
    _case_id, told = refer(world.person("manager"), **headers)
    assert re.fullmatch("[a-z0-9]{16}", told)
    site = replace(world.app.state.site, trusted_proxies="10.0.0.0/8")
    behind = Visitor(create_app(site), world.person("manager").cookies)
    assert behind.get("/version", **headers).response.headers["x-request-id"] == MADE_UP
    assert (
        behind.get("/version", **{"x-request-id": "two words"}).response.headers["x-request-id"]
        != "two words"
    )
