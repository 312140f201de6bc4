"""What Prefect shows of one case: its flow runs, and the task run of each step."""

import itertools
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from services.domain.errors import PrefectUnavailable
from services.orchestration.prefect_client import PrefectServer

PATIENCE: Final = 120.0
PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class RunSeen:
    """One flow run of the case."""

    id: UUID
    kind: str
    name: str
    idempotency_key: str
    tags: tuple[str, ...]

    @property
    def rests(self) -> bool:
        """Tell whether the run has laid itself to rest or come to its end."""
        return self.kind in {"PAUSED", "COMPLETED"}


@dataclass(frozen=True, slots=True)
class Engine:
    """The Prefect server, only to read."""

    server: PrefectServer

    def runs_of(self, case_id: UUID) -> list[RunSeen]:
        """Return every flow run that has anything to do with the case."""
        wanted = {"flow_runs": {"name": {"like_": f"case-{case_id}"}}, "limit": 50}
        return [_run(seen) for seen in self._ask("/flow_runs/filter", wanted)]

    def steps_of(self, run_id: UUID) -> Mapping[str, str]:
        """Return how the task run of each step is shown."""
        return {seen["name"]: seen["state"]["name"] for seen in self._tasks(run_id)}

    def task_runs_of(self, run_id: UUID) -> Counter[str]:
        """Return how many task runs each step has."""
        return Counter(seen["name"] for seen in self._tasks(run_id))

    def words(self) -> Iterator[str]:
        """Yield everything that Prefect keeps and tells, page by page."""
        for path in ("/flow_runs/filter", "/task_runs/filter", "/logs/filter"):
            for first in itertools.count(0, PAGE):
                page = self._ask(path, {"limit": PAGE, "offset": first})
                yield json.dumps(page)
                if len(page) < PAGE:
                    break

    def _tasks(self, run_id: UUID) -> list[dict[str, Any]]:
        wanted = {"flow_runs": {"id": {"any_": [str(run_id)]}}, "limit": 100}
        return self._ask("/task_runs/filter", wanted)

    def _ask(self, path: str, wanted: object) -> list[dict[str, Any]]:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                found: list[dict[str, Any]] = self.server.need("POST", path, wanted)
            except PrefectUnavailable:
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)
            else:
                return found


def _run(seen: Mapping[str, Any]) -> RunSeen:
    state = seen["state"] or {}
    return RunSeen(
        UUID(seen["id"]),
        state.get("type") or "",
        state.get("name") or "",
        seen["idempotency_key"] or "",
        tuple(seen["tags"]),
    )
