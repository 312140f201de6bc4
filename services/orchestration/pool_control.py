"""What operators have Prefect do to the pool: let what was paused there go on."""

from services.domain.identifiers import PartnershipId
from services.orchestration.deployment_registry import POOL, queue_of
from services.orchestration.prefect_client import PrefectClient


def let_pool_go_on(server: PrefectClient) -> bool:
    """Let the work pool go on, for every partnership; tell whether it is known."""
    return server.ask("PATCH", f"/work_pools/{POOL}", {"is_paused": False}).found


def let_queue_go_on(server: PrefectClient, partnership_id: PartnershipId) -> bool:
    """Let the partnership's own queue go on; tell whether it is known."""
    path = f"/work_pools/{POOL}/queues/{queue_of(partnership_id)}"
    return server.ask("PATCH", path, {"is_paused": False}).found
