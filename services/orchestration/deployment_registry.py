"""What Prefect must know before it can carry a case: the pool, the queues, the deployment."""

import logging
import os
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any, Final

from services.domain.errors import PrefectUnavailable
from services.domain.identifiers import PartnershipId
from services.orchestration.prefect_client import PrefectClient

POOL = "keyline"
POOL_TYPE = "keyline"
FLOW = "incident"
ENTRYPOINT = "flows.incident:incident"
AT_ONCE_FOR_ONE_PARTNERSHIP = 8
BEATS_EVERY = 10.0
"""So often, in seconds, a worker tells the pool that it lives."""

AGAIN_AFTER: Final = (5.0, 15.0, 60.0, 300.0)
"""So long, in seconds, the flow is not registered again: each time in a row longer."""

FORGOTTEN_AFTER: Final = 600.0
"""After so many seconds in which it was not lost, the next loss is the first one again."""

_log = logging.getLogger("keyline.worker")

_PARAMETERS = {
    "title": "Parameters",
    "type": "object",
    "properties": {"case_id": {"type": "string", "title": "case_id", "position": 0}},
    "required": ["case_id"],
}


def server_from_environment() -> PrefectClient:
    """Return the server that the environment names."""
    url = os.environ.get("PREFECT_API_URL", "http://127.0.0.1:4200/api")
    return PrefectClient(url, os.environ.get("PREFECT_API_AUTH_STRING", ""))


def register(
    server: PrefectClient | None = None,
    partnerships: Collection[PartnershipId] = (),
    entrypoint: str = ENTRYPOINT,
) -> None:
    """Tell Prefect of the pool, each partnership's queue and the deployment; safe to repeat."""
    server = server or server_from_environment()
    _make_or_change(
        server,
        ("/work_pools/", {"name": POOL, "type": POOL_TYPE, "base_job_template": {}}),
        (f"/work_pools/{POOL}", {"description": "Carries cases in the threads of the workers."}),
    )
    for partnership_id in partnerships:
        ensure_queue(server, partnership_id)
    flow = server.need("POST", "/flows/", {"name": FLOW})
    deployment = {
        "name": FLOW,
        "flow_id": flow["id"],
        "entrypoint": entrypoint,
        "work_pool_name": POOL,
        "description": "Carries one serious incident through the guidance; woken by the record.",
        "parameter_openapi_schema": _PARAMETERS,
        "enforce_parameter_schema": True,
        "tags": ["keyline"],
    }
    server.need("POST", "/deployments/", deployment)


@dataclass(slots=True)
class Registration:
    """Registers the flow again where Prefect has lost it, each time in a row after longer.

    So a server that loses it again and again, or refuses it, is not asked at every wake, and says
    one error at each try. From any thread.
    """

    server: PrefectClient
    clock: Callable[[], float] = monotonic
    _lock: Lock = field(default_factory=Lock)
    _times: int = 0
    _not_before: float = float("-inf")

    def renew(self) -> None:
        """Register the flow unless it is there; raise PrefectUnavailable where it is too soon."""
        with self._lock:
            if deployment_id(self.server):
                return
            delay = self._delay()
            try:
                register(self.server)
            except PrefectUnavailable as error:
                _log.error("Prefect lost the flow and takes no other: %s", error)
                raise
            words = "Prefect lost the flow that carries cases: it is registered again, and if that"
            _log.error("%s is lost as well, not before %.0f s.", words, delay)

    def _delay(self) -> float:
        """Return how long not to register it again from now on."""
        now = self.clock()
        if now < self._not_before:
            raise PrefectUnavailable("Prefect lost the flow; it is registered again later.")
        if now > self._not_before + FORGOTTEN_AFTER:
            self._times = 0
        delay = AGAIN_AFTER[min(self._times, len(AGAIN_AFTER) - 1)]
        self._times, self._not_before = self._times + 1, now + delay
        return delay


def deployment_id(server: PrefectClient) -> str:
    """Return the id of the flow's deployment; nothing where Prefect does not know it."""
    found = server.ask("GET", f"/deployments/name/{FLOW}/{FLOW}")
    return str(found.body["id"]) if found.found else ""


def queue_of(partnership_id: PartnershipId) -> str:
    """Return the name of the partnership's work queue: its opaque id."""
    return f"tenant-{partnership_id}"


def ensure_queue(server: PrefectClient, partnership_id: PartnershipId) -> None:
    """Give the partnership a queue that operators can pause.

    Its limit is above what turns ever let run at once; it holds back only what did not come by
    turns, such as the runs of a queue that is opened again.
    """
    queue = queue_of(partnership_id)
    limit = {"concurrency_limit": AT_ONCE_FOR_ONE_PARTNERSHIP}
    _make_or_change(
        server,
        (f"/work_pools/{POOL}/queues", {"name": queue, **limit}),
        (f"/work_pools/{POOL}/queues/{queue}", limit),
    )


def _make_or_change(
    server: PrefectClient, making: tuple[str, Any], changing: tuple[str, Any]
) -> None:
    """Make the thing; where it is there already, only set what we decide."""
    if not server.ask("POST", *making).found:
        server.ask("PATCH", *changing)
