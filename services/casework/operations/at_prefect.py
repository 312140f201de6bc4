"""What an operator has Prefect do with the run of a case: asked first, and kept with its answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.casework.engine.transactions import TransactionContext, translated
from services.casework.operations.waiting import Waiting
from services.database import due_work, watch
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import PrefectUnavailable
from services.domain.identifiers import CaseId
from services.domain.operator_acts import OperatorOutcome
from services.orchestration import Flows

ENDED_BY_OPERATOR: Final = "Ended by an operator; the next attempt follows."


@dataclass(frozen=True, slots=True)
class AtPrefect:
    """Prefect, if it is set up, and the record that says which run carries a case.

    Prefect is asked before the item's transaction, which keeps its answer and wakes the case. Where
    the process ends in between, the reconciler finds the run that was ended and begins the next
    attempt; the form that is sent again then acts again.
    """

    context: TransactionContext
    flows: Flows | None

    def resume(self, one: Waiting) -> Callable[[UnitOfWork, Waiting], OperatorOutcome]:
        """Wake the run that carries the case, if it rests."""
        return self._asked(one, lambda flows, run_id: flows.resume(run_id))

    def begin_anew(self, one: Waiting) -> Callable[[UnitOfWork, Waiting], OperatorOutcome]:
        """End the run that carries the case; the reconciler begins the next attempt."""
        return self._asked(one, lambda flows, run_id: flows.cancel(run_id, ENDED_BY_OPERATOR))

    def _asked(
        self, one: Waiting, ask: Callable[[Flows, UUID], bool]
    ) -> Callable[[UnitOfWork, Waiting], OperatorOutcome]:
        with translated():
            run = watch.case_of(self.context.engine, CaseId(one.id))
        outcome = OperatorOutcome.NOTHING_TO_DO
        if run is not None and run.flow_run_id is not None:
            outcome = self._answer(ask, run.flow_run_id)

        def keep(work: UnitOfWork, _one: Waiting) -> OperatorOutcome:
            if run is not None and outcome is OperatorOutcome.DONE:
                due_work.wake(work, run.case_id)
            return outcome

        return keep

    def _answer(self, ask: Callable[[Flows, UUID], bool], run_id: UUID) -> OperatorOutcome:
        if self.flows is None:
            return OperatorOutcome.NO_ANSWER
        try:
            return done_if(int(ask(self.flows, run_id)))
        except PrefectUnavailable:
            return OperatorOutcome.NO_ANSWER


def done_if(count: int) -> OperatorOutcome:
    """Return that it was done where anything was, else that nothing was left to do."""
    return OperatorOutcome.DONE if count else OperatorOutcome.NOTHING_TO_DO
