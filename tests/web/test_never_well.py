"""The console calls a partnership well only while nothing is wrong: each trouble is planted."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from deployments.demo.partnerships import PLACES
from services.casework.provisioning import partnership_id_of
from services.mail.memory import MemoryMailer
from services.orchestration.deployment_registry import queue_of
from services.orchestration.prefect_client import PrefectClient, PrefectResponse
from services.storage.memory import MemoryStore
from services.web.app import create_app
from tests.web.conftest import World, site_of
from tests.web.referrals import refer
from tests.web.visitors import Answer, Visitor

NOW = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
OURS = partnership_id_of(PLACES[0].code)
TICK = (
    "insert into ticks (name, made_at, leader) values ('tick', clock_timestamp(), '')"
    " on conflict (name) do update set made_at = clock_timestamp()"
)
NOTHING_WAITS = (
    "delete from outbox_emails",
    "update due_work set done_at = clock_timestamp()",
    "update running_clocks set met_on = due",
    "update cases set flow_run_id = gen_random_uuid()",
)


@dataclass(frozen=True)
class ToldPrefect(PrefectClient):
    """What Prefect answers the console, as tests/orchestration see the real one answer."""

    pool_is_paused: bool = False
    queue_is_paused: bool = False
    has_deployment: bool = True
    spoke: timedelta = timedelta(seconds=5)
    started_by_hand: tuple[tuple[str, timedelta], ...] = ()

    def ask(self, method: str, path: str, body: object = None) -> PrefectResponse:
        del method, body
        return PrefectResponse(self._is_there(path), self._body(path), NOW)

    def _is_there(self, path: str) -> bool:
        return self.has_deployment or not path.startswith("/deployments/")

    def _body(self, path: str) -> Any:
        if path.endswith("queues/filter"):
            return [{"name": queue_of(OURS), "is_paused": self.queue_is_paused}]
        if path.endswith("workers/filter"):
            return [{"last_heartbeat_time": (NOW - self.spoke).isoformat()}]
        if path == "/flow_runs/filter":
            by_hand = ((name, (NOW - ago).isoformat()) for name, ago in self.started_by_hand)
            return [{"name": name, "expected_start_time": at} for name, at in by_hand]
        return {"is_paused": self.pool_is_paused}


GOOD = ToldPrefect("http://127.0.0.1:1/api")


def change(world: World, *statements: str) -> None:
    with world.admin.begin() as link:
        link.execute(text("set local session_replication_role = replica"))
        for statement in statements:
            link.execute(text(statement), {"ours": OURS})


@pytest.fixture(scope="module")
def front(world: World) -> Callable[..., Answer]:
    """The front page as an operator opens it, where Prefect stands so and a neighbour is away."""
    refer(world.person("manager"))

    def read(prefect: PrefectClient, away: str = "") -> Answer:
        site = replace(site_of(world, lambda: world.now), prefect=prefect)
        around = site.neighbours
        if away:
            silent = MemoryMailer() if away == "mailer" else MemoryStore()
            silent.away = True
            site = replace(site, neighbours=replace(around, **{away: silent}))
        visitor = Visitor(create_app(site))
        visitor.sign_in("operations@keyline.example")
        return visitor.get("/operations")

    return read


@pytest.fixture(scope="module")
def console(front: Callable[..., Answer]) -> Callable[..., str]:
    """What the operator reads there."""
    return lambda prefect, away="": front(prefect, away).text


@pytest.fixture
def quiet(world: World) -> World:
    change(world, TICK, *NOTHING_WAITS)
    return world


@pytest.mark.usefixtures("quiet")
def test_with_nothing_wrong_every_partnership_is_well(console):
    assert console(GOOD).count("Well") == len(PLACES)


@pytest.mark.parametrize(
    ("statement", "says", "well"),
    [
        (
            (
                "update running_clocks set met_on = null, ended_on = null, force = 'S', due ="
                " '2020-01-01' where id = (select id from running_clocks order by id limit 1)"
            ),
            "1 clock late on 1 case",
            len(PLACES) - 1,
        ),
        (
            (
                "insert into outbox_emails (tenant_id, id, key, event, recipient, address, content,"
                " message_id, delivery, claim, posted_at, last_error) values (:ours,"
                " gen_random_uuid(), 'old', 'case_opened', 'panel', '', '{}', '', 'pending', 0,"
                " clock_timestamp() - interval '30 minutes', '')"
            ),
            "emails unsent for 30 minutes",
            len(PLACES) - 1,
        ),
        (
            "update ticks set made_at = made_at - interval '6 minutes'",
            "emails, reminders and clocks were last seen to 6 minutes ago",
            0,
        ),
    ],
)
def test_it_is_not_called_well_while_the_record_is_not(
    quiet: World, console, statement: str, says: str, well: int
):
    change(quiet, statement)
    page = console(GOOD)
    assert says in page
    assert page.count("Well") == well


@pytest.mark.parametrize(
    ("prefect", "says", "well"),
    [
        (replace(GOOD, pool_is_paused=True), "Prefect: the work pool is paused", 0),
        (replace(GOOD, has_deployment=False), "Prefect: the flow is not registered", 0),
        (replace(GOOD, spoke=timedelta(seconds=40)), "Prefect: no worker answers", 0),
        (replace(GOOD, queue_is_paused=True), "its queue in Prefect is paused", len(PLACES) - 1),
        (PrefectClient("http://127.0.0.1:1/api", patience=1.0), "Prefect: it does not answer", 0),
    ],
)
@pytest.mark.usefixtures("quiet")
def test_it_is_not_called_well_while_prefect_is_not(
    console, prefect: PrefectClient, says: str, well: int
):
    page = console(prefect)
    assert says in page
    assert page.count("Well") == well


@pytest.mark.parametrize(
    ("neighbour", "says"),
    [("mailer", "Mail service: does not answer"), ("store", "File storage: does not answer")],
)
@pytest.mark.usefixtures("quiet")
def test_it_is_not_called_well_while_mail_or_files_are_away(console, neighbour: str, says: str):
    page = console(GOOD, away=neighbour)
    assert says in page
    assert "Well" not in page


@pytest.mark.usefixtures("quiet")
def test_what_was_started_by_hand_within_a_day_is_told_by_case(front):
    case_id, hour = uuid4(), timedelta(hours=1)
    by_hand = ((f"second-{case_id}", hour), ("blue-owl", hour), (f"second-{OURS}", 25 * hour))
    told = front(replace(GOOD, started_by_hand=by_hand))
    links = [one["href"] for one in told.page.select("a[href^='/operations/runs/']")]
    assert links == [f"/operations/runs/{case_id}"]
    assert "1 of no case of Keyline" in told.text
    assert "blue-owl" not in told.text
    assert "Started by hand" not in front(GOOD).text
