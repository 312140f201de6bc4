"""How every Prefect server of Keyline is set, on one machine as in the image."""

from collections.abc import Mapping
from typing import Final

# Nothing is told to anybody outside; a client is never given a server of its own; our reconciler
# ends what waits too long, so Prefect's own service for that stays off (decision 0001).
HARDENED: Final[Mapping[str, str]] = {
    "DO_NOT_TRACK": "1",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
}
# Servers that stand beside each other pass messages by Redis; each setting names its module.
BY_REDIS: Final[Mapping[str, str]] = {
    "PREFECT_MESSAGING_BROKER": "prefect_redis.messaging",
    "PREFECT_MESSAGING_CACHE": "prefect_redis.messaging",
    "PREFECT_SERVER_EVENTS_CAUSAL_ORDERING": "prefect_redis.ordering",
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect_redis.lease_storage",
}
REDIS: Final = "PREFECT_REDIS_MESSAGING_HOST"
NEEDED: Final = ("PREFECT_SERVER_DATABASE_CONNECTION_URL", "PREFECT_SERVER_API_AUTH_STRING")


def of_server(told: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of one server; what its environment says of them itself holds.

    Where the environment names a Redis (PREFECT_REDIS_MESSAGING_HOST), several servers may share
    one database.
    """
    together = BY_REDIS if told.get(REDIS) else {}
    return {**HARDENED, **together, **told}
