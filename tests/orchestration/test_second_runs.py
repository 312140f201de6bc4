"""With a real Prefect server and workers: what is started by hand beside our runs is ended, told.

Each test leaves the workers that carry the next one's cases: a worker that ended would be seen.
"""

from uuid import uuid4

import pytest

from services.casework.operations.flow_engine import second_runs_lately
from services.domain.workflow import Step
from services.orchestration.deployment_registry import FLOW
from services.orchestration.prefect_flows import PrefectFlows
from tests.carried_cases import a_case, toys
from tests.orchestration.conftest import eventually

LETTER = (Step.SCOPE, "letter", "one")


@pytest.fixture
def living(stage):
    """The stage with both workers alive, before and after."""
    stage.revive()
    yield stage
    dead = [name for name, part in stage.parts.items() if part.poll() is not None]
    assert dead == [], "a worker has ended"


def carried(stage):
    case_id = a_case(stage.around, orders=(LETTER,))
    eventually(lambda: toys(stage.around, case_id) != [], "its work was not done")
    eventually(lambda: stage.run(case_id)["state_type"] == "PAUSED", "its run does not rest")
    return case_id


def start_by_hand(stage, case_id, **more):
    """Start a run as `Run` on the deployment's page does."""
    deployment = stage.server.need("GET", f"/deployments/name/{FLOW}/{FLOW}")["id"]
    asked = {"parameters": {"case_id": case_id}, **more}
    return stage.server.need("POST", f"/deployments/{deployment}/create_flow_run", asked)["id"]


def is_ended(stage, run_id):
    eventually(lambda: seen(stage, run_id)["state"]["name"] == "Second run", "it was not ended")
    return seen(stage, run_id)


def seen(stage, run_id):
    return stage.server.need("GET", f"/flow_runs/{run_id}")


def test_a_second_run_of_a_case_is_ended_named_and_told(living):
    case_id = carried(living)
    second = is_ended(living, start_by_hand(living, str(case_id)))
    assert (second["state_type"], second["name"]) == ("CANCELLED", f"second-{case_id}")
    assert "the run that Keyline starts" in second["state"]["message"]
    assert case_id in second_runs_lately(living.server).cases
    told = {one.name: one.id for one in PrefectFlows(living.server).of_case(case_id)}
    assert told.keys() == {"Second run", "Waiting for people"}
    assert told["Waiting for people"] == living.case(case_id).flow_run_id
    assert living.run(case_id)["state_type"] == "PAUSED"
    assert len(toys(living.around, case_id)) == 1


def test_runs_that_name_no_case_of_ours_are_ended_and_harm_no_worker(living):
    before = second_runs_lately(living.server)
    strays = [start_by_hand(living, named) for named in ("no case", "", str(uuid4()))]
    forged = carried(living)
    strays.append(start_by_hand(living, "no case", idempotency_key=f"case:{forged}:2"))
    ended = [is_ended(living, one) for one in strays]
    assert {one["state_type"] for one in ended} == {"CANCELLED"}
    assert not any(one["name"].startswith("second-") for one in ended)
    after = second_runs_lately(living.server)
    assert (after.cases, after.of_no_case) == (before.cases, before.of_no_case + 4)
    carried(living)


def test_an_attempt_that_is_over_and_was_scheduled_by_hand_is_ended_and_keeps_its_name(living):
    case_id = carried(living)
    first = living.case(case_id).flow_run_id
    path = f"/flow_runs/{first}/set_state"
    by_hand = {"state": {"type": "CANCELLED"}, "force": True}
    living.server.need("POST", path, by_hand)
    eventually(lambda: living.case(case_id).attempt == 2, "no second attempt")
    living.server.need("POST", path, {"state": {"type": "SCHEDULED"}, "force": True})
    over = is_ended(living, first)
    assert over["name"] == f"case-{case_id}"
    assert "a later attempt" in over["state"]["message"]
    assert len(toys(living.around, case_id)) == 1
