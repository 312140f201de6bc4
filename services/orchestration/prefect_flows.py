"""The flow engine as it is: one flow run per case attempt, one task run per step, on Prefect."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from services.domain.case_run import CaseRun
from services.domain.errors import PrefectUnavailable
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.labels import label
from services.domain.workflow import StepStanding, StepState
from services.orchestration import (
    ENDED,
    FOR_GOOD,
    Run,
    RunState,
    end_of_run,
    key_of,
    name_of,
    second_name,
    tags_of,
)
from services.orchestration.deployment_registry import (
    FLOW,
    Registration,
    deployment_id,
    ensure_queue,
    queue_of,
)
from services.orchestration.prefect_client import PrefectClient

_AT_ONCE = 150
_ATTEMPTS = 20
_SHOWN = {
    StepState.NOT_STARTED: "PENDING",
    StepState.WORKING: "PENDING",
    StepState.WAITING: "PAUSED",
    StepState.COMPLETED: "COMPLETED",
    StepState.NOT_NEEDED: "COMPLETED",
    StepState.SET_ASIDE: "FAILED",
}


@dataclass
class PrefectFlows:
    """The cases' flow runs on one Prefect server."""

    server: PrefectClient
    _deployment: str = ""
    _queues: set[PartnershipId] = field(default_factory=set)
    _registration: Registration = field(init=False)

    def __post_init__(self) -> None:
        self._registration = Registration(self.server)

    def start(self, case: CaseRun) -> UUID:
        """Make sure that the case's attempt has a flow run; asking twice makes one.

        Where Prefect has lost the flow, it is registered again, unless that was done just now.
        """
        made = self._made(case)
        if made is None:
            self._deployment, self._queues = "", set()
            self._registration.renew()
            made = self._made(case)
        if made is None:
            raise PrefectUnavailable("Prefect does not take a run of the flow.")
        return made

    def _made(self, case: CaseRun) -> UUID | None:
        """Have the run made in the partnership's queue; nothing where the flow is not known."""
        deployment = self._deployment or deployment_id(self.server)
        if not deployment:
            return None
        self._make_sure_of_the_queue(case.tenant_id)
        self._deployment = deployment
        wish = {
            "name": name_of(case.case_id),
            "parameters": {"case_id": str(case.case_id)},
            "idempotency_key": key_of(case.case_id, case.attempt),
            "tags": sorted(tags_of(case.partnerships)),
            "work_queue_name": queue_of(case.tenant_id),
        }
        made = self.server.ask("POST", f"/deployments/{deployment}/create_flow_run", wish)
        return UUID(made.body["id"]) if made.found else None

    def runs(self, ids: Collection[UUID]) -> Mapping[UUID, Run]:
        """Return those of the flow runs that exist."""
        wanted = [str(one) for one in ids]
        found: dict[UUID, Run] = {}
        for first in range(0, len(wanted), _AT_ONCE):
            some = {"id": {"any_": wanted[first : first + _AT_ONCE]}}
            for seen in self.server.need(
                "POST", "/flow_runs/filter", {"flow_runs": some, "limit": _AT_ONCE}
            ):
                found[UUID(seen["id"])] = _run(seen)
        return found

    def of_case(self, case_id: CaseId) -> Sequence[Run]:
        """Return the attempts of a case, and what was started by hand beside, the newest first."""
        asked = {
            "flow_runs": {"name": {"any_": [name_of(case_id), second_name(case_id)]}},
            "sort": "EXPECTED_START_TIME_DESC",
            "limit": _ATTEMPTS,
        }
        return [_run(seen) for seen in self.server.need("POST", "/flow_runs/filter", asked)]

    def resume(self, run_id: UUID) -> bool:
        """Wake a resting flow run; tell whether it was resting."""
        answer = self.server.ask("POST", f"/flow_runs/{run_id}/resume", {})
        return answer.found and answer.body["status"] == "ACCEPT"

    def reschedule(self, run_id: UUID, delay: float = 0.0) -> bool:
        """Call the run's process lost and schedule the same run again."""
        lost = {"type": "CRASHED", "name": "Crashed", "message": "The process was lost."}
        path = f"/flow_runs/{run_id}/set_state"
        answer = self.server.ask("POST", path, {"state": lost, "force": True})
        again = {
            "type": "SCHEDULED",
            "name": "AwaitingRetry",
            "message": "Begun again from the record.",
            "state_details": {"scheduled_time": (answer.at + timedelta(seconds=delay)).isoformat()},
        }
        answer = self.server.ask("POST", path, {"state": again})
        return answer.found and answer.body["status"] == "ACCEPT"

    def cancel(self, run_id: UUID, because: str = "Nobody was carrying it.") -> bool:
        """End a run that nobody will end any more; tell whether the server knew it."""
        state = {"type": "CANCELLED", "name": "Cancelled", "message": because}
        path = f"/flow_runs/{run_id}/set_state"
        return self.server.ask("POST", path, {"state": state, "force": True}).found

    def end_continued(self, run_id: UUID, goes_on_in: UUID | None) -> None:
        """End an open run whose case goes on elsewhere: its open task runs first, then itself."""
        seen = self.server.ask("GET", f"/flow_runs/{run_id}")
        if not seen.found:
            return
        name, message = end_of_run(goes_on_in)
        state = {"type": "COMPLETED", "name": name, "message": message}
        for step_id, step in self._task_runs(run_id).items():
            if step["state_type"] not in ENDED:
                path = f"/task_runs/{step_id}/set_state"
                self.server.ask("POST", path, {"state": state, "force": True})
        if seen.body["state_type"] not in FOR_GOOD:
            path = f"/flow_runs/{run_id}/set_state"
            self.server.ask("POST", path, {"state": state, "force": True})

    def tag(self, run_id: UUID, tags: Collection[str]) -> None:
        """Replace the run's tags by this whole list."""
        self.server.ask("PATCH", f"/flow_runs/{run_id}", {"tags": sorted(tags)})

    def forget(self, case_ids: Collection[CaseId]) -> int:
        """Delete every run of these cases; its task runs, states and logs go with it.

        What was started by hand beside them goes too.
        """
        names, gone = [name for one in case_ids for name in (name_of(one), second_name(one))], 0
        for first in range(0, len(names), _AT_ONCE):
            some = {"name": {"any_": names[first : first + _AT_ONCE]}}
            asked = {"flow_runs": some, "limit": _AT_ONCE}
            while found := self.server.need("POST", "/flow_runs/filter", asked):
                for seen in found:
                    self.server.ask("DELETE", f"/flow_runs/{seen['id']}")
                gone += len(found)
        return gone

    def show(self, standings: Mapping[UUID, Sequence[StepStanding]]) -> None:
        """Let operators see how each step of these runs stands; only what differs is changed.

        What is shown is asked for many runs at a time: after a burst of acts, every run's steps are
        to be shown, and a question for each would be a good part of what a wake costs.
        """
        steps = [(run_id, step) for run_id, each in standings.items() for step in each]
        for first in range(0, len(steps), _AT_ONCE):
            some = steps[first : first + _AT_ONCE]
            shown = self._shown_now([_task_run_id(run_id, step) for run_id, step in some])
            for run_id, step in some:
                self._show_step(run_id, step, shown.get(_task_run_id(run_id, step)))

    def _show_step(self, run_id: UUID, step: StepStanding, now: Mapping[str, Any] | None) -> None:
        wish = {
            "type": _SHOWN[step.state],
            "name": label(step.state),
            "message": step.detail or None,
        }
        if now is None:
            self._make_task_run(run_id, step, wish)
        elif _differs(now.get("state"), wish, step.state):
            path = f"/task_runs/{_task_run_id(run_id, step)}/set_state"
            self.server.ask("POST", path, {"state": wish, "force": True})

    def page_of(self, run_id: UUID) -> str:
        """Return the address of the run's page in Prefect's own screen."""
        return (
            f"{self.server.api_url.removesuffix('/').removesuffix('/api')}/runs/flow-run/{run_id}"
        )

    def _task_runs(self, run_id: UUID) -> Mapping[str, Any]:
        """Return the run's task runs by their ids."""
        ours = {"flow_runs": {"id": {"any_": [str(run_id)]}}, "limit": 50}
        return {one["id"]: one for one in self.server.need("POST", "/task_runs/filter", ours)}

    def _shown_now(self, ids: Sequence[str]) -> Mapping[str, Any]:
        """Return those of the task runs that exist, by their ids."""
        ours = {"task_runs": {"id": {"any_": ids}}, "limit": _AT_ONCE}
        return {one["id"]: one for one in self.server.need("POST", "/task_runs/filter", ours)}

    def _make_task_run(
        self, run_id: UUID, step: StepStanding, state: Mapping[str, str | None]
    ) -> None:
        made = {
            "id": _task_run_id(run_id, step),
            "name": step.step.value,
            "flow_run_id": str(run_id),
            "task_key": f"{FLOW}.{step.step}",
            "dynamic_key": step.step.value,
            "state": state,
        }
        self.server.ask("POST", "/task_runs/", made)

    def _make_sure_of_the_queue(self, partnership_id: PartnershipId) -> None:
        if partnership_id not in self._queues:
            ensure_queue(self.server, partnership_id)
            self._queues.add(partnership_id)


def _task_run_id(run_id: UUID, step: StepStanding) -> str:
    """Return the id of a step's task run; the step's own task runs under the same."""
    return str(uuid5(run_id, step.step))


def _differs(
    shown: Mapping[str, Any] | None, wish: Mapping[str, str | None], of: StepState
) -> bool:
    """Tell whether to change what is shown; a step that works is shown by its own task."""
    if shown is None:
        return True
    if of is StepState.WORKING and shown["type"] in {"RUNNING", "PENDING"}:
        return False
    same = shown["type"], shown["name"], shown.get("message") or None
    if of is StepState.COMPLETED:
        return same[:2] != (wish["type"], wish["name"])
    return same != (wish["type"], wish["name"], wish["message"])


def _run(seen: Mapping[str, Any]) -> Run:
    state = seen["state"] or {}
    return Run(
        id=UUID(seen["id"]),
        state=RunState(state.get("type", "SCHEDULED")),
        name=state.get("name") or "",
        detail=state.get("message") or "",
        mark=f"{state.get('id')}",
        tags=frozenset(seen.get("tags") or ()),
    )
