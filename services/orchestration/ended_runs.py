"""Runs that Keyline ends itself: started by hand beside ours, stranded, or cancelled.

A case is carried by one run, and that is ours: a run of ours has the key of its case and attempt.
Any other is ended before it is claimed, under a name by which it is found again; one that names no
case of ours is ended too, and harms nobody.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from prefect.client.schemas.objects import FlowRun

from services.domain.case_run import CaseRun
from services.domain.identifiers import CaseId
from services.orchestration import SECOND, key_of, second_name
from services.orchestration.prefect_client import PrefectClient

_BESIDE: Final = "Ended by Keyline: a case is carried by the run that Keyline starts for it."
_OVER: Final = "Ended by Keyline: a later attempt carries the case."

_log = logging.getLogger("keyline.worker")


@dataclass(frozen=True, slots=True)
class AttemptOfCase:
    """Which attempt of which case a run of ours is."""

    case_id: CaseId
    number: int


def attempt_of(run: FlowRun) -> AttemptOfCase | None:
    """Return which attempt a run is that we started; nothing for any other run.

    One whose case was changed by hand is another run: it does not carry the case of its key.
    """
    case_id, number = case_named(run), (run.idempotency_key or "").rpartition(":")[2]
    if case_id is None or not (number.isascii() and number.isdecimal()):
        return None
    attempt = AttemptOfCase(case_id, int(number))
    return attempt if run.idempotency_key == key_of(case_id, attempt.number) else None


def case_named(run: FlowRun) -> CaseId | None:
    """Return the case that the run names; nothing where what stands there is no id."""
    try:
        return CaseId(UUID(run.parameters["case_id"]))
    except (KeyError, ValueError, TypeError, AttributeError):
        return None


def end_second(
    client: PrefectClient, run: FlowRun, case_of: Callable[[CaseId], CaseRun | None]
) -> None:
    """End the run and say why; one that we did not start is named by the case it was for, if any.

    Raise PrefectUnavailable or Unavailable where that could not be done: it is offered again.
    """
    is_ours, named = attempt_of(run) is not None, case_named(run)
    if not is_ours:
        told = {"name": second_name(named)} if named and case_of(named) else {}
        client.ask("PATCH", f"/flow_runs/{run.id}", {"tags": ["keyline", SECOND], **told})
    message = _OVER if is_ours else _BESIDE
    state = {"type": "CANCELLED", "name": "Second run", "message": message}
    client.ask("POST", f"/flow_runs/{run.id}/set_state", {"state": state, "force": True})
    _log.warning("Run %s was started by hand in Prefect: it is ended.", run.id)


def end_stranded(client: PrefectClient, run: FlowRun) -> None:
    """End a run that could not be claimed where its deployment is gone; its case begins anew.

    Prefect keeps such a run, and lets nobody claim it under the deployment that is made again.
    """
    if run.deployment_id is None or client.ask("GET", f"/deployments/{run.deployment_id}").found:
        return
    state = {"type": "CANCELLED", "name": "Cancelled", "message": "Its deployment was deleted."}
    client.ask("POST", f"/flow_runs/{run.id}/set_state", {"state": state, "force": True})
    _log.warning("Run %s is ended, for its deployment was deleted.", run.id)


def call_cancelled(client: PrefectClient, run_id: UUID) -> None:
    """Say that a cancelled run has ended."""
    state = {"type": "CANCELLED", "name": "Cancelled", "message": "Ended by an operator."}
    client.ask("POST", f"/flow_runs/{run_id}/set_state", {"state": state, "force": True})
