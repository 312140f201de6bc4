"""How a flow run waits for people: paused in Prefect, and woken by an act or a clock.

The run of a case that joined a review led elsewhere does not wait: it ends, and says so.
"""

from uuid import uuid4

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import State
from prefect.context import FlowRunContext
from prefect.exceptions import Abort, Pause
from prefect.states import Completed, Paused
from prefect.utilities.engine import propose_state_sync

from services.domain.labels import label
from services.domain.progress import resting
from services.orchestration import CONTINUED
from tasks.run import LeasedCase


def wait_for_people(case: LeasedCase) -> None:
    """Pause the flow run until an act or a clock wakes it; it starts at the top then."""
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        return
    assert isinstance(context.client, SyncPrefectClient)  # noqa: S101 - this flow is not async
    rest = _continued() if case.is_carried_elsewhere else _waiting(case)
    state = propose_state_sync(context.client, rest, flow_run_id=context.flow_run.id)
    if not state.is_paused():
        raise Abort(f"The flow run does not rest: it is {state.name}.")
    raise Pause(state=state)


def _waiting(case: LeasedCase) -> State[None]:
    resting_state, detail = resting(case.seen)
    name = label(resting_state)
    return Paused(name=name, message=detail, reschedule=True, pause_key=uuid4().hex)


def _continued() -> State[None]:
    """Return the end of a run that was claimed just when another one was to carry its case."""
    return Completed(name=CONTINUED, message="Another flow run carries this case.")
