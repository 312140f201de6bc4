"""The worker as a part of the local platform: it answers when Prefect has heard from it."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deployments import VERSION
from deployments.local import processes
from deployments.local.part import Part
from services.domain.errors import PrefectUnavailable
from services.orchestration.deployment_registry import POOL
from services.orchestration.prefect_client import PrefectServer


@dataclass
class LocalWorker:
    """One worker; the name it gives itself in Prefect ends with its process."""

    log: Path
    environment: Mapping[str, str]
    _pid: int = field(default=0)

    def part(self) -> Part:
        """Return it as a part of the platform."""
        where = f"(works for the pool {POOL!r})"
        return Part("worker", "Worker", where, VERSION, self.start, self.is_ready)

    def start(self) -> "subprocess.Popen[bytes]":
        """Start the worker; it reads its settings from the environment."""
        command = [sys.executable, "-m", "deployments.worker"]
        started = processes.start(command, self.log, self.environment)
        self._pid = started.pid
        return started

    def is_ready(self) -> bool:
        """Say whether Prefect knows this very worker."""
        told = self.environment
        server = PrefectServer(
            told["PREFECT_API_URL"], told.get("PREFECT_API_AUTH_STRING", ""), patience=5
        )
        try:
            known = server.ask("POST", f"/work_pools/{POOL}/workers/filter", {}).body
        except PrefectUnavailable:
            return False
        return any(str(each.get("name", "")).endswith(f"-{self._pid}") for each in known or [])
