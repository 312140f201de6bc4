"""How a flow run waits for people: paused in Prefect, and woken by an act or a clock."""

from uuid import uuid4

from prefect.client.orchestration import SyncPrefectClient
from prefect.context import FlowRunContext
from prefect.exceptions import Abort, Pause
from prefect.states import Paused
from prefect.utilities.engine import propose_state_sync

from services.domain.labels import label
from services.domain.progress import resting
from tasks.run import LeasedCase


def wait_for_people(case: LeasedCase) -> None:
    """Pause the flow run until an act or a clock wakes it; it starts at the top then."""
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        return
    assert isinstance(context.client, SyncPrefectClient)  # noqa: S101 - this flow is not async
    resting_state, detail = resting(case.seen)
    state = propose_state_sync(
        context.client,
        Paused(name=label(resting_state), message=detail, reschedule=True, pause_key=uuid4().hex),
        flow_run_id=context.flow_run.id,
    )
    if not state.is_paused():
        raise Abort(f"The flow run may not rest: it is {state.name}.")
    raise Pause(state=state)
