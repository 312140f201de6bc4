"""What our worker relies on in Prefect and Prefect nowhere promises: one behaviour, one test.

A new version of Prefect is taken in when these are green. Every name used is a public one.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4, uuid5

import pytest
from prefect import Flow, flow, task
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.context import FlowRunContext, SyncClientContext, get_settings_context
from prefect.exceptions import Abort, Pause
from prefect.flow_engine import run_flow
from prefect.settings import (
    PREFECT_API_AUTH_STRING,
    PREFECT_API_URL,
    temporary_settings,
)
from prefect.states import Paused
from prefect.task_engine import run_task_sync
from prefect.utilities.engine import propose_state_sync

from services.orchestration.run_execution import claim, execute, thread_context
from tests.orchestration.conftest import eventually

POOL = "promises"


class Prefect:
    """A pool and a deployment of our own on the real server, which no worker serves."""

    def __init__(self, stage: Any) -> None:
        self.client = stage.server
        self.client.ask("POST", "/work_pools/", {"name": POOL, "type": "promises"})
        made = self.client.need("POST", "/flows/", {"name": POOL})
        wish = {"name": POOL, "flow_id": made["id"], "work_pool_name": POOL}
        self.deployment = self.client.need("POST", "/deployments/", wish)["id"]
        self.settings = {
            PREFECT_API_URL: stage.server.api_url,
            PREFECT_API_AUTH_STRING: stage.server.auth,
        }

    def run(self, **more: Any) -> FlowRun:
        """Make a scheduled run of the deployment."""
        wish = {"name": f"run-{uuid4().hex[:8]}", "parameters": {"case_id": "7"}, **more}
        path = f"/deployments/{self.deployment}/create_flow_run"
        return FlowRun.model_validate(self.client.need("POST", path, wish))

    def seen(self, run: FlowRun) -> Any:
        return self.client.need("GET", f"/flow_runs/{run.id}")

    def scheduled(self, **wish: Any) -> set[str]:
        path = f"/work_pools/{POOL}/get_scheduled_flow_runs"
        return {
            each["flow_run"]["id"] for each in self.client.need("POST", path, {"limit": 50, **wish})
        }

    def set_state(self, run: FlowRun, **state: Any) -> str:
        path = f"/flow_runs/{run.id}/set_state"
        return self.client.need("POST", path, {"state": state})["status"]

    def in_a_thread(self, what: Callable[[], Any]) -> Any:
        """Do it in a thread as our worker does: an empty context, then settings and client."""

        def work() -> Any:
            with temporary_settings(self.settings), thread_context():
                return what()

        with ThreadPoolExecutor(1) as thread:
            return thread.submit(work).result()

    def execute(self, body: Callable[[], Any], run: FlowRun | None = None) -> FlowRun:
        """Claim a run and execute it with this body."""
        run = run or self.run()
        assert claim(self.client, run)
        self.in_a_thread(lambda: execute(a_flow(body), run))
        return run


def a_flow(body: Callable[[], Any]) -> Flow[[str], None]:
    @flow(name=POOL, persist_result=False, validate_parameters=False, retries=0)
    def promised(case_id: str) -> None:
        assert case_id == "7"
        body()

    return promised


@pytest.fixture(scope="module")
def prefect(stage) -> Iterator[Prefect]:
    return Prefect(stage)


def observers() -> list[str]:
    return [thread.name for thread in threading.enumerate() if "observer" in thread.name]


def test_to_make_a_run_pending_is_a_mutex(prefect):
    run = prefect.run()
    with ThreadPoolExecutor(8) as crowd:
        claims = list(crowd.map(lambda _: claim(prefect.client, run), range(8)))
    assert claims.count(True) == 1


def test_the_heartbeat_can_be_turned_off_by_temporary_settings(prefect):
    seen = []
    prefect.execute(lambda: seen.append(get_settings_context().settings.flows.heartbeat_frequency))
    assert seen == [None]


def test_a_run_that_is_handed_over_without_its_deployment_is_not_watched(prefect):
    watched, deployments = [], []

    def look():
        watched.append(observers())
        deployments.append(str(FlowRunContext.get().flow_run.deployment_id))

    prefect.execute(look)
    run = prefect.run()
    assert claim(prefect.client, run)
    prefect.in_a_thread(lambda: run_flow(a_flow(look), flow_run=run))
    assert watched[0] == []
    assert watched[1] != [], "with its deployment it is, so this test can tell"
    assert deployments == [prefect.deployment] * 2, "the engine reads the run again"


def test_outside_the_main_thread_prefect_leaves_signals_alone(prefect):
    before, seen = signal.getsignal(signal.SIGTERM), []
    prefect.execute(lambda: seen.append(signal.getsignal(signal.SIGTERM)))
    assert seen == [before]


def test_a_client_that_is_open_in_the_thread_is_used_for_every_run(prefect):
    seen = []

    def both():
        seen.append(SyncClientContext.get().client)
        for _ in range(2):
            run = prefect.run()
            assert claim(prefect.client, run)
            execute(a_flow(lambda: seen.append(FlowRunContext.get().client)), run)
        seen.append(get_client(sync_client=True))

    prefect.in_a_thread(both)
    assert len(set(map(id, seen[:3]))) == 1


@pytest.mark.parametrize("kind", [Abort, Pause])
def test_abort_and_pause_pass_through_and_leave_the_state_alone(kind, prefect):
    assert not issubclass(kind, Exception)

    def leave():
        raise kind("left as it is")

    run = prefect.execute(leave)
    assert prefect.seen(run)["state_type"] == "RUNNING"


def test_an_error_is_reported_as_failed_and_the_thread_lives_on(prefect):
    def fail():
        raise ValueError("7")

    def crash():
        raise KeyboardInterrupt

    failed, crashed = prefect.execute(fail), prefect.execute(crash)
    assert prefect.seen(failed)["state_type"] == "FAILED"
    assert prefect.seen(crashed)["state_type"] == "CRASHED"


def pause():
    context = FlowRunContext.get()
    state = Paused(name="Waiting for people", reschedule=True, pause_key=uuid4().hex)
    propose_state_sync(context.client, state, flow_run_id=context.flow_run.id)
    raise Pause(state=state)


def test_a_paused_run_rests_until_it_is_resumed_and_then_begins_at_the_top(prefect):
    begun = []

    def rest():
        begun.append(1)
        pause()

    run = prefect.execute(rest)
    assert prefect.seen(run)["state_name"] == "Waiting for people"
    for _ in range(2):
        resume = prefect.client.need("POST", f"/flow_runs/{run.id}/resume", {})
        assert resume["status"] == "ACCEPT"
        again = prefect.client.need("POST", f"/flow_runs/{run.id}/resume", {})
        assert again["status"] != "ACCEPT", "a resume that comes too early is refused and lost"
        assert str(run.id) in prefect.scheduled()
        prefect.execute(rest, FlowRun.model_validate(prefect.seen(run)))
    assert len(begun) == 3


def test_runs_put_off_are_handed_out_early_unless_a_moment_is_named(prefect):
    late, now = prefect.run(), datetime.now(UTC)  # noqa: TID251 - the server's clock is the real one
    later = {"scheduled_time": (now + timedelta(hours=1)).isoformat()}
    assert prefect.set_state(late, type="SCHEDULED", state_details=later) == "ACCEPT"
    assert str(late.id) in prefect.scheduled()
    assert str(late.id) not in prefect.scheduled(scheduled_before=now.isoformat())


def test_a_paused_queue_hands_out_nothing(prefect):
    queue = prefect.client.need("POST", f"/work_pools/{POOL}/queues", {"name": "stopped"})
    run = prefect.run(work_queue_name="stopped")
    assert str(run.id) in prefect.scheduled()
    path = f"/work_pools/{POOL}/queues/{queue['name']}"
    prefect.client.ask("PATCH", path, {"is_paused": True})
    assert str(run.id) not in prefect.scheduled()


def test_a_heartbeat_by_rest_alone_shows_a_live_worker(prefect):
    beat = {"name": "machine-1", "heartbeat_interval_seconds": 10}
    prefect.client.ask("POST", f"/work_pools/{POOL}/workers/heartbeat", beat)
    (worker,) = prefect.client.need("POST", f"/work_pools/{POOL}/workers/filter", {})
    assert (worker["name"], worker["status"]) == ("machine-1", "ONLINE")


def test_a_crashed_run_can_be_scheduled_again_as_the_same_run(prefect):
    run = prefect.run()
    assert claim(prefect.client, run)
    crashed = {"state": {"type": "CRASHED", "name": "Crashed"}, "force": True}
    prefect.client.need("POST", f"/flow_runs/{run.id}/set_state", crashed)
    assert prefect.set_state(run, type="SCHEDULED", name="AwaitingRetry") == "ACCEPT"
    assert claim(prefect.client, run)


def test_a_run_is_made_once_for_an_idempotency_key(prefect):
    key = uuid4().hex
    assert prefect.run(idempotency_key=key).id == prefect.run(idempotency_key=key).id


def test_a_task_runs_under_the_id_that_it_is_given_once_for_all_passes(prefect):
    @task(name="scope", persist_result=False, retries=0)
    def scope(case_id: str) -> None:
        assert case_id == "7"

    def body():
        own_id = uuid5(FlowRunContext.get().flow_run.id, "scope")
        run_task_sync(scope, task_run_id=own_id, parameters={"case_id": "7"})
        pause()

    run = prefect.execute(body)
    prefect.client.need("POST", f"/flow_runs/{run.id}/resume", {})
    prefect.execute(body, FlowRun.model_validate(prefect.seen(run)))

    def shown():
        asked = {"flow_runs": {"id": {"any_": [str(run.id)]}}}
        return prefect.client.need("POST", "/task_runs/filter", asked)

    own_id = str(uuid5(run.id, "scope"))
    eventually(lambda: [one["id"] for one in shown()] == [own_id], "it should be shown once")
