"""The workers as parts of the local platform: each answers when Prefect has heard from it."""

import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from deployments import VERSION
from deployments.local import processes
from deployments.local.part import Part
from services.domain.errors import PrefectUnavailable
from services.orchestration.deployment_registry import POOL
from services.orchestration.prefect_client import PrefectClient

SLOTS = ("1", "2")


@dataclass
class LocalWorker:
    """One worker, by its slot on this machine; a process that starts again has the same slot."""

    slot: str
    log: Path
    environment: Mapping[str, str]
    _started: float = field(default=0.0)

    def part(self) -> Part:
        """Return it as a part of the platform."""
        where = f"(works for the pool {POOL!r})"
        title = f"Worker {self.slot}"
        return Part(f"worker-{self.slot}", title, where, VERSION, self.start, self.is_ready)

    def start(self) -> "subprocess.Popen[bytes]":
        """Start the worker; it reads its settings from the environment."""
        command = [sys.executable, "-m", "deployments.worker"]
        self._started = time.time()
        given = {**self.environment, "KEYLINE_WORKER_SLOT": self.slot}
        return processes.start(command, self.log, given)

    def is_ready(self) -> bool:
        """Say whether Prefect has heard from the slot since its process started."""
        given = self.environment
        client = PrefectClient(
            given["PREFECT_API_URL"], given.get("PREFECT_API_AUTH_STRING", ""), patience=5
        )
        try:
            known = client.ask("POST", f"/work_pools/{POOL}/workers/filter", {}).body
        except PrefectUnavailable:
            return False
        return any(self._is_this(each) for each in known or [])

    def _is_this(self, seen: Mapping[str, str]) -> bool:
        if seen.get("name") != f"{socket.gethostname()}-{self.slot}":
            return False
        heard = seen.get("last_heartbeat_time")
        return bool(heard) and datetime.fromisoformat(str(heard)).timestamp() >= self._started
