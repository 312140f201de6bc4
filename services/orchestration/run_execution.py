"""How a claimed flow run is executed in a thread, by Prefect's own engine and public names only.

Traps of this file, each held by tests/orchestration/test_what_prefect_promises.py:
- A thread starts with an empty context: settings and client are given in each.
- Prefect's heartbeat keeps a run waiting for up to a second at its end. Our lease takes its
  place, so it is off; that can be said by `temporary_settings`, not by the environment.
- Prefect watches a run of a deployment for suspension by a thread and a websocket of its own
  (0.1 s a run). A run that is handed over without its deployment's id is not watched; the engine
  reads the run again after that, so its logs and context know the deployment.
- `Abort` and `Pause` are `BaseException`s, and leave the run's state as it is.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from prefect import Flow
from prefect.client.schemas.objects import FlowRun
from prefect.context import SyncClientContext
from prefect.exceptions import Abort, Pause
from prefect.flow_engine import run_flow
from prefect.settings import (
    PREFECT_CLIENT_CSRF_SUPPORT_ENABLED,
    PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    temporary_settings,
)

from services.orchestration.prefect_client import PrefectClient

_SETTINGS = {
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
    PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED: False,
    PREFECT_CLIENT_CSRF_SUPPORT_ENABLED: False,
}
_PENDING = {"state": {"type": "PENDING", "name": "Pending"}}

_log = logging.getLogger("keyline.worker")


@contextmanager
def thread_context() -> Iterator[None]:
    """Give a thread our settings of Prefect and a client that stays open between its runs."""
    with temporary_settings(_SETTINGS), SyncClientContext():
        yield


def claim(client: PrefectClient, run: FlowRun) -> bool:
    """Make a scheduled run Pending, which is the server's mutex; tell whether it is ours."""
    answer = client.ask("POST", f"/flow_runs/{run.id}/set_state", _PENDING)
    return answer.found and answer.body["status"] == "ACCEPT"


def execute(flow: Flow[[str], None], run: FlowRun) -> None:
    """Execute a claimed run to its rest or end."""
    try:
        run_flow(flow, flow_run=run.model_copy(update={"deployment_id": None}))
    except (Abort, Pause):
        return
    except Exception as error:  # noqa: BLE001 - Prefect's engine has reported it as Failed
        _log.warning("Run %s failed: %s.", run.id, type(error).__name__)
    except BaseException as error:  # noqa: BLE001 - and this as Crashed; the thread lives on
        _log.warning("Run %s crashed: %s.", run.id, type(error).__name__)
