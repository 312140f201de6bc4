"""The worker as a part of the local platform: it answers when Prefect has heard from it."""

import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from deployments.local import processes
from deployments.local.checkout import HERE, Checkout
from deployments.local.image_root import started_as
from deployments.local.part import Part
from services.domain.errors import PrefectUnavailable
from services.orchestration.deployment_registry import POOL
from services.orchestration.prefect_client import PrefectClient

PROCESSES = 2


@dataclass
class LocalWorker:
    """The worker with its two processes; each has a name in Prefect that outlives its process."""

    log: Path
    environment: Mapping[str, str]
    checkout: Checkout = HERE
    _started: float = field(default=0.0)

    def part(self) -> Part:
        """Return it as a part of the platform."""
        where = f"(works for the pool {POOL!r})"
        return Part("worker", "Worker", where, self.checkout.name, self.start, self.is_ready)

    def start(self) -> "subprocess.Popen[bytes]":
        """Start the worker; it reads its settings from the environment."""
        usual = [self.checkout.python, "-m", "deployments.worker"]
        command, told = started_as(["worker"], usual, self.checkout.environment(self.environment))
        self._started = time.time()
        return processes.start(command, self.log, told, self.checkout.folder)

    def is_ready(self) -> bool:
        """Say whether Prefect has heard from each process since the worker started."""
        given = self.environment
        client = PrefectClient(
            given["PREFECT_API_URL"], given.get("PREFECT_API_AUTH_STRING", ""), patience=5
        )
        try:
            known = client.ask("POST", f"/work_pools/{POOL}/workers/filter", {}).body
        except PrefectUnavailable:
            return False
        heard = {str(each["name"]): each.get("last_heartbeat_time") for each in known or []}
        return all(self._is_new(heard.get(name)) for name in self._names())

    def _names(self) -> list[str]:
        count = int(self.environment.get("KEYLINE_WORKER_PROCESSES", PROCESSES))
        return [f"{socket.gethostname()}-{number + 1}" for number in range(count)]

    def _is_new(self, heard: str | None) -> bool:
        return heard is not None and datetime.fromisoformat(heard).timestamp() >= self._started
