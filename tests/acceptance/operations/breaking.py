"""How a part is broken, from outside the product: its processes stopped or killed, Prefect by hand.

A stopped process hangs as one does on a machine that does not come back: its connections stay
open, and nothing answers. Only parts that this platform started are touched.
"""

import itertools
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import httpx
import psutil
import psycopg

from deployments.local.home import Home
from deployments.local.part import PartStatus, all_statuses
from services.database.signed_context import NONE_CHOSEN, SETTING
from services.domain.backoff import after_nobody_answered
from tests.acceptance.database import DatabaseReader
from tests.acceptance.errors import JourneyStopped

PATIENCE: Final = 30.0
POOL: Final = "/work_pools/keyline"
FLOW: Final = "/deployments/name/incident/incident"
AGED: Final = (
    "update due_work set unanswered = %s where case_id = %s and done_at is null"
    " and last_error = 'StoreUnavailable'"
)


@contextmanager
def stopped(home: Home, name: str) -> Iterator[None]:
    """Stop every process of a part, and let them go on at the end."""
    processes = [one for part in _parts(home, name) for one in _session(part)]
    try:
        _send(processes, signal.SIGSTOP)
        yield
    finally:
        _send(processes, signal.SIGCONT)


def kill(home: Home, name: str) -> None:
    """End a part the hard way; whoever supervises it starts it again."""
    for part in _parts(home, name):
        os.kill(part.pid, signal.SIGKILL)


def _parts(home: Home, name: str) -> list[PartStatus]:
    found = [one for one in all_statuses(home) if one.name == name and one.is_alive]
    if not found:
        raise JourneyStopped(f"The part {name} is not one that this platform started.")
    return found


def _session(part: PartStatus) -> list[psutil.Process]:
    return part.recorded.session() if part.recorded else []


def _send(processes: list[psutil.Process], sign: signal.Signals) -> None:
    for process in processes:
        try:
            process.send_signal(sign)
        except psutil.NoSuchProcess:
            continue


@dataclass(frozen=True, slots=True)
class PrefectByHand:
    """What somebody with Prefect's login can do to it."""

    api_url: str
    auth: tuple[str, str] | None

    def pause_pool(self) -> None:
        """Pause the work pool."""
        self._ask("PATCH", POOL, {"is_paused": True})

    def pause_queue(self, partnership_id: UUID) -> None:
        """Pause the partnership's own queue."""
        self._ask("PATCH", f"{POOL}/queues/tenant-{partnership_id}", {"is_paused": True})

    def delete_deployment(self) -> None:
        """Delete the flow's deployment."""
        self._ask("DELETE", f"/deployments/{self._deployment()}")

    def start_run(self, case_id: str) -> None:
        """Start a run, as `Run` on the deployment's page does."""
        parameters = {"parameters": {"case_id": case_id}}
        self._ask("POST", f"/deployments/{self._deployment()}/create_flow_run", parameters)

    def cancel(self, run_id: UUID) -> None:
        """Cancel a run that rests."""
        state = {"type": "CANCELLED", "name": "Cancelled", "message": "By hand."}
        self._ask("POST", f"/flow_runs/{run_id}/set_state", {"state": state, "force": True})

    def _deployment(self) -> str:
        return str(self._ask("GET", FLOW)["id"])

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        address = self.api_url.rstrip("/") + path
        answer = httpx.request(method, address, json=body, auth=self.auth, timeout=PATIENCE)
        if answer.is_error:
            raise JourneyStopped(f"Prefect answered {answer.status_code} to {method} {path}.")
        return answer.json() if answer.content else None


def age(database: DatabaseReader, case_id: UUID) -> None:
    """Have the case's work stand as after 72 hours without the store: the next try is the last.

    The one row that a journey changes past the pages: nobody can wait for so long.
    """
    last = next(times for times in itertools.count(1) if after_nobody_answered(times) is None)
    with psycopg.connect(database.url, connect_timeout=5) as link:
        context = database.key.sign(database.partnership_id, NONE_CHOSEN)
        link.execute("select set_config(%s, %s, true)", [SETTING, context])
        if link.execute(AGED, [last - 1, case_id]).rowcount == 0:
            raise JourneyStopped("No work of the case waits for the store.")
