"""What operators do, item by item: each in a transaction of its own, on record with its outcome.

An act of an operator stands in the chain of the partnership whose item it is, in `operator_acts`
with the reason, and on the timeline of the case. It never says that something arrived, and decides
nothing of a case.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from services.casework.audit import note_administration
from services.casework.engine.transactions import TransactionContext, translated
from services.casework.operations.operator_commands import (
    AcknowledgeAlerts,
    ActOnEmails,
    ActOnRuns,
    EmailCourse,
    RunCourse,
)
from services.casework.operations.results import results_of
from services.casework.operations.settling_emails import settle_by_operator
from services.casework.operations.waiting import (
    Waiting,
    waiting_alerts,
    waiting_emails,
    waiting_runs,
)
from services.database import due_work, watch
from services.database.operator_acts import OperatorActRow
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.audit import AdministrativeEvent
from services.domain.errors import AnswerRefused, PrefectUnavailable
from services.domain.identifiers import CaseId
from services.domain.operator_acts import OperatorAct, OperatorOutcome
from services.domain.roles import Actor, Permission
from services.orchestration import Flows

ENDED_BY_OPERATOR: Final = "Ended by an operator; the next attempt follows."


Done = Callable[[UnitOfWork, Waiting], OperatorOutcome]


@dataclass(frozen=True, slots=True)
class Operator:
    """Who acts, in what surroundings, with which form; the same form acts once."""

    actor: Actor
    context: TransactionContext
    once: UUID

    def chosen(
        self, items: Iterable[UUID], waiting: Callable[[TransactionContext], Sequence[Waiting]]
    ) -> list[Waiting]:
        """Return the items that still wait; none where the form has acted already.

        Where none is left the form is refused.
        """
        self.actor.must(Permission.OPERATE_FLOWS)
        if results_of(self.context, self.once):
            return []
        asked = frozenset(items)
        found = [one for one in waiting(self.context) if one.id in asked]
        if not found:
            raise AnswerRefused("items", "Nothing of this waits any more: look at the list again.")
        return found


def act_on_runs(operator: Operator, flows: Flows | None, command: ActOnRuns) -> None:
    """Have set-aside or put-off work go on, or the flow run be begun anew."""
    does: dict[RunCourse, Done] = {
        RunCourse.TAKE_UP: lambda work, one: _counted(due_work.take_up_again(work, CaseId(one.id))),
        RunCourse.TRY_NOW: lambda work, one: _counted(due_work.try_now(work, CaseId(one.id))),
        RunCourse.BEGIN_ANEW: lambda work, one: _begin_anew(operator, flows, work, CaseId(one.id)),
    }
    chosen = operator.chosen(command.items, waiting_runs)
    _act(operator, OperatorAct(command.course), chosen, does[command.course], command.because)


def act_on_emails(operator: Operator, command: ActOnEmails) -> None:
    """Send emails again, or stop them; what meets a duty is its business manager's to settle."""
    chosen = operator.chosen(command.items, waiting_emails)
    stops = command.course is EmailCourse.STOP_EMAIL

    def settle(work: UnitOfWork, one: Waiting) -> OperatorOutcome:
        return settle_by_operator(work, one, stops=stops)

    _act(operator, OperatorAct(command.course), chosen, settle, command.because)


def acknowledge(operator: Operator, command: AcknowledgeAlerts) -> None:
    """Keep that operations know of the alerts, and what they do about them."""
    chosen = operator.chosen(command.items, waiting_alerts)

    def know(_work: UnitOfWork, _one: Waiting) -> OperatorOutcome:
        return OperatorOutcome.DONE

    _act(operator, OperatorAct.ACKNOWLEDGE, chosen, know, command.because)


def _act(
    operator: Operator,
    act: OperatorAct,
    chosen: Iterable[Waiting],
    done: Done,
    because: str,
) -> None:
    """Do it to each item in a transaction of its own, and keep what came of it."""
    context = operator.context
    for one in chosen:
        there = replace(operator.actor, partnership_id=one.partnership_id)
        opened = unit_of_work(context.engine, there, context.now(), context.calendar)
        with translated(), opened as work:
            row = OperatorActRow(
                tenant_id=one.partnership_id,
                batch=operator.once,
                act=act,
                outcome=done(work, one),
                case_id=one.case_id,
                subject=one.id if one.id != one.case_id else None,
                person_id=there.person_id,
                because=because,
                at=work.now,
            )
            work.session.add(row)
            told = {"case": str(one.case_id) if one.case_id else None, "act": act.value}
            told |= {"object": str(row.id), "outcome": row.outcome.value}
            note_administration(work, AdministrativeEvent.OPERATOR_ACTED, told)


def _begin_anew(
    operator: Operator, flows: Flows | None, work: UnitOfWork, case_id: CaseId
) -> OperatorOutcome:
    """End the run that carries the case; the reconciler begins the next attempt from the record."""
    run = watch.case_of(operator.context.engine, case_id)
    if run is None or run.flow_run_id is None:
        return OperatorOutcome.NOTHING_TO_DO
    if flows is None:
        return OperatorOutcome.NO_ANSWER
    try:
        was_known = flows.cancel(run.flow_run_id, ENDED_BY_OPERATOR)
    except PrefectUnavailable:
        return OperatorOutcome.NO_ANSWER
    due_work.wake(work, CaseId(run.case_id))
    return _counted(int(was_known))


def _counted(count: int) -> OperatorOutcome:
    return OperatorOutcome.DONE if count else OperatorOutcome.NOTHING_TO_DO
