"""What the worker and a flow run in one of its threads tell each other while the run goes on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from uuid import UUID

from prefect.context import FlowRunContext


@dataclass(slots=True)
class RunControl:
    """One run's line to its worker: no signal and no exception reaches a thread.

    The run asks between pieces of work whether to go on, and says when a piece begins and ends.
    """

    clock: Callable[[], float] = monotonic
    _is_to_end: Event = field(default_factory=Event)
    _piece_began: float | None = None

    def end(self) -> None:
        """Have the run end before its next piece of work."""
        self._is_to_end.set()

    @property
    def is_to_end(self) -> bool:
        """Tell whether the run is to end."""
        return self._is_to_end.is_set()

    def may_begin(self) -> bool:
        """Tell whether the run may begin a piece of work; if so, the piece begins now."""
        if self.is_to_end:
            return False
        self._piece_began = self.clock()
        return True

    def rest(self) -> None:
        """Keep that no piece of work is going on."""
        self._piece_began = None

    def working_for(self) -> float:
        """Return for how many seconds the piece in hand has gone on."""
        began = self._piece_began
        return 0.0 if began is None else self.clock() - began


def own_run_id() -> UUID | None:
    """Return the id of the flow run that runs here; a test may run the flow without one."""
    context = FlowRunContext.get()
    return context.flow_run.id if context and context.flow_run else None
