"""The flow runs and task runs of one case, as Prefect shows them."""

import itertools
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import httpx

from tests.acceptance.errors import JourneyStopped

PATIENCE: Final = 120.0
PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class FlowRun:
    """One flow run of the case."""

    id: UUID
    kind: str
    name: str
    idempotency_key: str
    tags: tuple[str, ...]

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
        tuple(seen["tags"]),
    )
