"""What operators do, item by item: each in a transaction of its own, on record with its outcome.

An act of an operator stands in the chain of the partnership whose item it is, in `operator_acts`
with the reason, and on the timeline of the case. It never says that something arrived, and decides
nothing of a case.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from services.casework.audit import note_administration
from services.casework.engine.transactions import TransactionContext, translated
from services.casework.operations.at_prefect import AtPrefect, done_if
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
    Page,
    Waiting,
    any_runs,
    waiting_alerts,
    waiting_emails,
)
from services.database import due_work
from services.database.console import Among
from services.database.operator_acts import OperatorActRow
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.audit import AdministrativeEvent
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.operator_acts import OperatorAct, OperatorOutcome
from services.domain.roles import Actor, Permission
from services.orchestration import Flows

Done = Callable[[UnitOfWork, Waiting], OperatorOutcome]
"""What is done to an item in its transaction, and what came of it."""

Asked = Callable[[Waiting], Done]
"""What is asked of a neighbour before an item's transaction; it returns what is done in it."""


@dataclass(frozen=True, slots=True)
class Operator:
    """Who acts, in what surroundings, with which form; the same form acts once."""

    actor: Actor
    context: TransactionContext
    once: UUID

    def chosen(
        self,
        items: Iterable[UUID],
        waiting: Callable[[TransactionContext, Among], Page[Waiting]],
    ) -> tuple[Waiting, ...]:
        """Return the items that still wait; none where the form has acted already.

        Where none is left the form is refused.
        """
        self.actor.must(Permission.OPERATE_FLOWS)
        if results_of(self.context, self.once):
            return ()
        found = waiting(self.context, Among(named=tuple(items))).items
        if not found:
            raise AnswerRefused("items", "Nothing of this waits any more: look at the list again.")
        return found


def act_on_runs(operator: Operator, flows: Flows | None, command: ActOnRuns) -> None:
    """Have set-aside or put-off work go on, or the flow run be woken or begun anew."""
    at_prefect = AtPrefect(operator.context, flows)
    does: dict[RunCourse, Asked] = {
        RunCourse.TAKE_UP: lambda _one: _take_up,
        RunCourse.TRY_NOW: lambda _one: _try_now,
        RunCourse.RESUME: at_prefect.resume,
        RunCourse.BEGIN_ANEW: at_prefect.begin_anew,
    }
    chosen = operator.chosen(command.items, any_runs)
    act_on_each(
        operator, OperatorAct(command.course), chosen, does[command.course], command.because
    )


def act_on_emails(operator: Operator, command: ActOnEmails) -> None:
    """Send emails again, or stop them; what meets a duty is its business manager's to settle."""
    chosen = operator.chosen(command.items, waiting_emails)
    stops = command.course is EmailCourse.STOP_EMAIL

    def settle(work: UnitOfWork, one: Waiting) -> OperatorOutcome:
        return settle_by_operator(work, one, stops=stops)

    act_on_each(operator, OperatorAct(command.course), chosen, lambda _one: settle, command.because)


def acknowledge(operator: Operator, command: AcknowledgeAlerts) -> None:
    """Keep that operations know of the alerts, and what they do about them."""
    chosen = operator.chosen(command.items, waiting_alerts)

    def know(_work: UnitOfWork, _one: Waiting) -> OperatorOutcome:
        return OperatorOutcome.DONE

    act_on_each(operator, OperatorAct.ACKNOWLEDGE, chosen, lambda _one: know, command.because)


def act_on_each(
    operator: Operator,
    act: OperatorAct,
    chosen: Iterable[Waiting],
    asked: Asked,
    because: str,
) -> None:
    """Do it to each item in a transaction of its own, and keep what came of it.

    A neighbour is asked before, so that no transaction waits for its answer.
    """
    context = operator.context
    for one in chosen:
        done = asked(one)
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


def _take_up(work: UnitOfWork, one: Waiting) -> OperatorOutcome:
    return done_if(due_work.take_up_again(work, CaseId(one.id)))


def _try_now(work: UnitOfWork, one: Waiting) -> OperatorOutcome:
    return done_if(due_work.try_now(work, CaseId(one.id)))
