"""An action plan on which all partners agreed comes into force: its owners are to act (K14)."""

from services.casework.act import latest_command
from services.casework.effects import (
    EmailContext,
    enqueue_email,
    open_todo,
    order_document,
    start_clock,
)
from services.casework.steps.plan_said import ActionOfPlan, PlanPut
from services.casework.steps.plan_standing import ask_about_plan
from services.casework.steps.practice_seen import ask_about_practice
from services.database.actions import Action, actions
from services.database.cases import Case
from services.database.history import newest_place
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.todos import Todo
from services.domain.workflow import Step


def bring_into_force(work: UnitOfWork, case: Case) -> None:
    """Start the actions of the plan that all partners agreed on; each has a clock of its own (K14).

    Its last day is the one that they agreed on, whenever they did; so is the day by which the plan
    is reviewed (EMB-04).
    """
    agreed = latest_command(work, case, EntryType.PLAN_PROPOSED, PlanPut)
    assert agreed is not None  # noqa: S101 - it is what they signed
    planned = len(actions(work.session, case.id))
    for number, one in enumerate(agreed.actions, start=planned + 1):
        _add(work, case, number, one)
    work.session.flush()
    ask_about_plan(work, case)
    in_force = newest_place(work.session, case.id)
    order_document(work, in_force, Step.EMBED, DocumentKind.ACTION_PLAN)


def follow_completed_plan(work: UnitOfWork, case: Case) -> None:
    """Ask for the close, and for what is seen in practice of each action (EMB-05, EMB-12)."""
    open_todo(work, case, Todo.CLOSE)
    ask_about_practice(work, case)
    enqueue_email(work, case, EmailTrigger.PLAN_SIGNED_OFF)


def _add(work: UnitOfWork, case: Case, number: int, new: ActionOfPlan) -> None:
    work.session.add(
        Action(
            tenant_id=case.tenant_id,
            case_id=case.id,
            number=number,
            recommendation=new.recommendation,
            action=new.action,
            agency_id=new.agency,
            measure=new.measure,
            last_day=new.last_day,
        )
    )
    start_clock(work, case, ClockId.K14, subject=str(number), action_due=new.last_day)
    open_todo(work, case, Todo.UPDATE_ACTIONS, last_day=new.last_day, subject=str(new.agency))
    about = EmailContext(
        matter=EmailMatter.COMPLETE_ACTION,
        due=new.last_day,
        todo=Todo.UPDATE_ACTIONS,
        agency_id=new.agency,
        part=f"agreed:{number}",
    )
    enqueue_email(work, case, EmailTrigger.ACTION_DUE, about)
