"""Who is asked to hold a learning event, and whom it concerns that it is off (LC-38, LC-39)."""

from collections.abc import Iterable
from uuid import UUID

from services.casework.effects import EmailContext, ask_reviewers, close_todos, enqueue_email
from services.casework.joint.telling_event import tell_learning_event
from services.casework.steps.learning_event.plan import PlanLearningEvent, planned_event
from services.database.cases import Case
from services.database.history import newest_place
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.todos import Todo


def end_planned_event(work: UnitOfWork, case: Case) -> None:
    """Tell each agency of an event that is planned that it is off: the review has ended.

    Nobody is asked to hold it any more, and it can be recorded no more.
    """
    close_todos(work, case, Todo.HOLD_LEARNING_EVENT)
    event = planned_event(work, case)
    if event is not None:
        tell_it_is_off(work, case, newest_place(work.session, case.id).number, event.agencies)
        tell_learning_event(work, case, event.newest.id, is_off=True)


def tell_it_is_off(work: UnitOfWork, case: Case, number: int, agencies: Iterable[UUID]) -> None:
    """Tell each of these agencies that its practitioners are not expected at the event."""
    for agency in sorted(agencies):
        about = EmailContext(agency_id=agency, part=f"{agency}:{number}")
        enqueue_email(work, case, EmailTrigger.LEARNING_EVENT_CALLED_OFF, about)


def ask_to_hold(work: UnitOfWork, case: Case, plan: PlanLearningEvent) -> None:
    """Ask the reviewers to hold it; where there is none, the chair."""
    close_todos(work, case, Todo.PLAN_LEARNING_EVENT, Todo.HOLD_LEARNING_EVENT)
    last = max(one.held_on for one in plan.sittings)
    ask_reviewers(work, case, Todo.HOLD_LEARNING_EVENT, last_day=last)
