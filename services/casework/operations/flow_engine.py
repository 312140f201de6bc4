"""Whether Prefect can carry cases: its deployment is there, a worker lives, nothing is paused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.domain.errors import PrefectUnavailable
from services.domain.identifiers import CaseId, PartnershipId
from services.orchestration import SECOND, second_name
from services.orchestration.deployment_registry import BEATS_EVERY, FLOW, POOL, queue_of
from services.orchestration.prefect_client import PrefectClient

MOST_QUEUES = 200
NEWEST = 50  # of the workers, those that spoke last: a process that ended is forgotten late
NEWEST_SECOND = 20
SPOKEN_OF_FOR = timedelta(days=1)
GONE_AFTER = timedelta(seconds=3 * BEATS_EVERY)


@dataclass(frozen=True, slots=True)
class FlowEngineMeasured:
    """How Prefect stands; where it does not answer, or refuses to, the rest is not known."""

    answers: bool
    is_known: bool = False
    has_deployment: bool = False
    is_pool_paused: bool = False
    has_worker: bool = False
    paused_queues: frozenset[str] = frozenset()

    def holds_back(self, partnership_id: PartnershipId) -> bool:
        """Tell whether the partnership's own queue is paused in Prefect."""
        return queue_of(partnership_id) in self.paused_queues


def measure_flow_engine(server: PrefectClient) -> FlowEngineMeasured:
    """Ask Prefect for its pool, its deployment and its queues; silence is an answer too."""
    if not server.is_up():
        return FlowEngineMeasured(answers=False)
    try:
        pool = server.ask("GET", f"/work_pools/{POOL}")
        deployment = server.ask("GET", f"/deployments/name/{FLOW}/{FLOW}")
        queues = server.ask("POST", f"/work_pools/{POOL}/queues/filter", {"limit": MOST_QUEUES})
        workers = server.ask("POST", f"/work_pools/{POOL}/workers/filter", {"limit": NEWEST})
    except PrefectUnavailable:
        return FlowEngineMeasured(answers=True)
    listed = queues.body if queues.found else ()
    return FlowEngineMeasured(
        answers=True,
        is_known=True,
        has_deployment=pool.found and deployment.found,
        is_pool_paused=pool.found and bool(pool.body.get("is_paused")),
        has_worker=workers.found and any(_lives(one, workers.at) for one in workers.body),
        paused_queues=frozenset(one["name"] for one in listed if one.get("is_paused")),
    )


@dataclass(frozen=True, slots=True)
class SecondRuns:
    """What was started by hand in Prefect lately, and ended: of which cases, and of none."""

    cases: tuple[CaseId, ...] = ()
    of_no_case: int = 0


def second_runs_lately(server: PrefectClient) -> SecondRuns:
    """Return what was started by hand within a day, of the newest; raise PrefectUnavailable."""
    asked = {
        "flow_runs": {"tags": {"all_": ["keyline", SECOND]}},
        "sort": "EXPECTED_START_TIME_DESC",
        "limit": NEWEST_SECOND,
    }
    answer = server.ask("POST", "/flow_runs/filter", asked)
    listed = answer.body if answer.found else ()
    names = [one["name"] for one in listed if _is_lately(one["expected_start_time"], answer.at)]
    cases = [case_id for name in names if (case_id := _case_of(name)) is not None]
    return SecondRuns(tuple(dict.fromkeys(cases)), len(names) - len(cases))


def _is_lately(said: str | None, now: datetime) -> bool:
    return said is not None and now - datetime.fromisoformat(said) <= SPOKEN_OF_FOR


def _case_of(name: str) -> CaseId | None:
    """Return the case by whose id Keyline named the run; nothing where it named none."""
    try:
        case_id = CaseId(UUID(name.removeprefix(f"{SECOND}-")))
    except ValueError:
        return None
    return case_id if name == second_name(case_id) else None


def _lives(worker: Mapping[str, Any], now: datetime) -> bool:
    """Tell whether the worker spoke lately, by the server's own clock."""
    spoke = worker.get("last_heartbeat_time")
    return spoke is not None and now - datetime.fromisoformat(spoke) <= GONE_AFTER
