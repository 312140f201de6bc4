"""What Prefect must know before it can carry a case: the pool, the queues, the deployment."""

import os
from collections.abc import Collection
from typing import Any

from services.domain.identifiers import PartnershipId
from services.orchestration.prefect_client import PrefectClient

POOL = "keyline"
POOL_TYPE = "keyline"
FLOW = "incident"
ENTRYPOINT = "flows.incident:incident"
AT_ONCE_FOR_ONE_PARTNERSHIP = 8
BEATS_EVERY = 10.0
"""So often, in seconds, a worker tells the pool that it lives."""

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
