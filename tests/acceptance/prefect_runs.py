"""The flow runs and task runs of a case, as Prefect shows them."""

import itertools
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import UUID

import httpx

from tests.acceptance.errors import JourneyStopped

PATIENCE: Final = 120.0
PAGE: Final = 200
FOR_GOOD: Final = frozenset({"COMPLETED", "CANCELLED", "FAILED", "CRASHED"})


@dataclass(frozen=True, slots=True)
class FlowRun:
    """One flow run of the case."""

    id: UUID
    kind: str
    name: str
    idempotency_key: str
    tags: tuple[str, ...]
    queue: str = ""
    created: str = ""
    says: str = ""
    tasks: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Return whether the run may still go on."""
        return self.kind not in FOR_GOOD

    def as_json(self) -> dict[str, Any]:
        """Return the run as JSON for other programs."""
        return {
            "id": str(self.id),
            "key": self.idempotency_key,
            "queue": self.queue,
            "tags": list(self.tags),
            "state": self.name,
            "says": self.says,
            "tasks": dict(self.tasks),
        }

    def is_of(self, case_id: UUID) -> bool:
        """Return whether this is an attempt of the case's own run."""
        return self.idempotency_key.startswith(f"case:{case_id}:")

    @property
    def rests(self) -> bool:
        """Return whether the run is paused or has completed."""
        return self.kind in {"PAUSED", "COMPLETED"}


@dataclass(frozen=True, slots=True)
class PrefectReader:
    """Reads the Prefect server; changes nothing there."""

    api_url: str
    auth: tuple[str, str] | None

    def runs_of(self, case_id: UUID) -> list[FlowRun]:
        """Return each flow run of the case."""
        wanted = {"flow_runs": {"name": {"like_": f"case-{case_id}"}}, "limit": 50}
        return [_run(seen) for seen in self._ask("/flow_runs/filter", wanted)]

    def runs_of_all(self, case_ids: Iterable[UUID]) -> list[FlowRun]:
        """Return each flow run of these cases, the oldest first."""
        names = [f"case-{case_id}" for case_id in case_ids]
        found = self._ask("/flow_runs/filter", {"flow_runs": {"name": {"any_": names}}})
        return sorted(map(_run, found), key=lambda run: run.created)

    def with_tasks(self, run: FlowRun) -> FlowRun:
        """Return the run with how many task runs it has of each step."""
        return replace(run, tasks=dict(self.task_runs_of(run.id)))

    def steps_of(self, run_id: UUID) -> Mapping[str, str]:
        """Return how the task run of each step is shown."""
        return {seen["name"]: seen["state"]["name"] for seen in self._tasks(run_id)}

    def task_runs_of(self, run_id: UUID) -> Counter[str]:
        """Return how many task runs each step has."""
        return Counter(seen["name"] for seen in self._tasks(run_id))

    def words(self) -> Iterator[str]:
        """Yield each flow run, task run and log line of Prefect as text, page by page."""
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
        """Ask the API, and ask again while it is away."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                response = httpx.post(
                    self.api_url + path, json=wanted, auth=self.auth, timeout=20
                ).raise_for_status()
            except httpx.HTTPError as away:
                if time.monotonic() > until:
                    raise JourneyStopped(
                        f"Prefect did not answer: {type(away).__name__}."
                    ) from None
                time.sleep(0.5)
            else:
                found: list[dict[str, Any]] = response.json()
                return found


def _run(seen: Mapping[str, Any]) -> FlowRun:
    state = seen["state"] or {}
    return FlowRun(
        UUID(seen["id"]),
        state.get("type") or "",
        state.get("name") or "",
        seen["idempotency_key"] or "",
        tuple(sorted(seen["tags"])),
        seen["work_queue_name"] or "",
        seen["created"] or "",
        state.get("message") or "",
    )
