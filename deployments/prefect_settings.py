"""How every Prefect server of Keyline is set, on one machine as in the image."""

from collections.abc import Mapping
from typing import Final

from services.orchestration.prefect_relay import SERVED_AT

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
    # Its pages are read by way of Keyline's own (decision 0068).
    "PREFECT_SERVER_UI_SERVE_BASE": SERVED_AT,
}
# Prefect writes its pages anew for where they are served; the image has one folder to write to.
PAGES: Final = {"PREFECT_UI_STATIC_DIRECTORY": "/tmp/prefect-pages"}  # noqa: S108
# Servers that stand beside each other pass messages by Redis; each setting names its module.
BY_REDIS: Final[Mapping[str, str]] = {
    "PREFECT_MESSAGING_BROKER": "prefect_redis.messaging",
    "PREFECT_MESSAGING_CACHE": "prefect_redis.messaging",
    "PREFECT_SERVER_EVENTS_CAUSAL_ORDERING": "prefect_redis.ordering",
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect_redis.lease_storage",
}
REDIS: Final = ("PREFECT_REDIS_MESSAGING_HOST", "PREFECT_REDIS_MESSAGING_URL")
NEEDED: Final = ("PREFECT_SERVER_DATABASE_CONNECTION_URL", "PREFECT_SERVER_API_AUTH_STRING")


def of_server(told: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of one server; what its environment says of them itself holds.

    Where the environment names a Redis for their messages, several servers may share one database;
    PREFECT_SERVER_DOCKET_URL names it for what they do in the background.
    """
    together = BY_REDIS if any(map(told.get, REDIS)) else {}
    return {**HARDENED, **PAGES, **together, **told}
