"""With a real Prefect server and workers: a flow that Prefect has lost is registered again."""

import logging
from datetime import UTC, datetime

import pytest

from services.casework.effects import place_order
from services.casework.engine.transactions import acting
from services.casework.operations.flow_engine import measure_flow_engine
from services.domain.errors import PrefectUnavailable
from services.domain.workflow import Step
from services.orchestration.deployment_registry import (
    AGAIN_AFTER,
    FORGOTTEN_AFTER,
    Registration,
    deployment_id,
)
from services.orchestration.prefect_client import PrefectClient, PrefectResponse
from tests.carried_cases import OURS, Toy, a_case, toys
from tests.orchestration.conftest import eventually

NOW = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
LETTER = (Step.SCOPE, "letter", "one")


def carried(stage):
    case_id = a_case(stage.around, orders=(LETTER,))
    eventually(lambda: toys(stage.around, case_id) != [], "its work was not done")
    eventually(lambda: stage.run(case_id)["state_type"] == "PAUSED", "its run does not rest")
    return case_id


def lose(stage):
    """Delete the deployment, as somebody at Prefect's own pages can."""
    stage.server.need("DELETE", f"/deployments/{deployment_id(stage.server)}")


def test_a_deleted_deployment_is_registered_again_as_a_case_needs_it(stage):
    lose(stage)
    assert not measure_flow_engine(stage.server).has_deployment
    carried(stage)
    assert measure_flow_engine(stage.server).has_deployment


def test_a_case_that_rested_in_a_deleted_deployment_goes_on_in_its_next_attempt(stage):
    rests = carried(stage)
    stranded = stage.case(rests).flow_run_id
    lose(stage)
    with acting(stage.around, OURS) as work:
        place_order(work, rests, Step.SCOPE, Toy(name="letter", subject="two"))
    eventually(lambda: len(toys(stage.around, rests)) == 2, "its work was not done")
    assert stage.case(rests).attempt == 2
    over = stage.server.need("GET", f"/flow_runs/{stranded}")["state"]
    assert (over["type"], over["message"]) == ("CANCELLED", "Its deployment was deleted.")
    assert deployment_id(stage.server)


def test_a_flow_that_is_lost_again_and_again_is_registered_after_longer_and_longer(stage, caplog):
    caplog.set_level(logging.ERROR, "keyline.worker")
    now = [1000.0]
    again = Registration(stage.server, lambda: now[0])
    lose(stage)
    again.renew()
    again.renew()  # it is there, so nothing is to be done
    for seconds in AGAIN_AFTER:
        lose(stage)
        now[0] += seconds - 1
        with pytest.raises(PrefectUnavailable, match="again later"):
            again.renew()
        now[0] += 1
        again.renew()
        assert deployment_id(stage.server)
    assert len(caplog.records) == 1 + len(AGAIN_AFTER)
    now[0] += AGAIN_AFTER[-1] + FORGOTTEN_AFTER + 1
    for seconds in (0, AGAIN_AFTER[0]):
        lose(stage)
        now[0] += seconds
        again.renew()
    assert deployment_id(stage.server)


class Refusing(PrefectClient):
    """A server that has lost the flow and takes no other."""

    def ask(self, method: str, path: str, body: object = None) -> PrefectResponse:
        del body
        if method == "GET":
            return PrefectResponse(found=False, body=None, at=NOW)
        raise PrefectUnavailable(f"Prefect answered 422 to {method} {path}.")


def test_a_server_that_takes_no_flow_is_told_of_by_one_error_a_try(caplog):
    caplog.set_level(logging.ERROR, "keyline.worker")
    again = Registration(Refusing("http://127.0.0.1:1/api"), lambda: 0.0)
    for _ in range(5):
        with pytest.raises(PrefectUnavailable):
            again.renew()
    (said,) = caplog.records
    assert "takes no other: Prefect answered 422" in said.getMessage()
