"""Who is asked to hold a learning event, and whom it concerns that it is off (LC-38, LC-39)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from services.casework.effects import EmailContext, ask_reviewers, close_todos, enqueue_email
from services.casework.joint.telling_event import tell_learning_event
from services.casework.steps.learning_event.plan import (
    EventPlanSaid,
    EventStanding,
    planned_event,
)
from services.database.cases import Case
from services.database.history import newest_place
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.invitations import Invitation
from services.domain.todos import Todo


def end_planned_event(work: UnitOfWork, case: Case) -> None:
    """Tell each agency of an event that is planned that it is off: the review has ended.

    Nobody is asked to hold it any more, and it can be recorded no more.
    """
    close_todos(work, case, Todo.HOLD_LEARNING_EVENT)
    event = planned_event(work, case)
    if event is not None:
        tell_it_is_off(work, case, newest_place(work.session, case.id).number, event)
        tell_learning_event(work, case, event.newest.id, is_off=True)


def tell_it_is_invited(
    work: UnitOfWork, case: Case, number: int, agency: UUID, first: date
) -> None:
    """Tell the agency of the plan of that number, whose first sitting to come is on the day.

    The sittings come with it as entries of a calendar.
    """
    about = EmailContext(
        due=first,
        agency_id=agency,
        part=f"{agency}:{number}",
        invitation=Invitation(number, number),
    )
    enqueue_email(work, case, EmailTrigger.LEARNING_EVENT_PLANNED, about)


def tell_it_is_off(
    work: UnitOfWork,
    case: Case,
    number: int,
    event: EventStanding,
    still_invited: Collection[UUID] = (),
) -> None:
    """Tell each agency that was invited to it that its practitioners are not expected.

    What its calendar holds of the event is taken back; ``number`` is that of the entry that says
    so. Those that are still invited are told nothing.
    """
    off = Invitation(event.newest.number, number, is_cancelled=True)
    for agency in sorted(set(event.agencies) - set(still_invited)):
        about = EmailContext(agency_id=agency, part=f"{agency}:{number}", invitation=off)
        enqueue_email(work, case, EmailTrigger.LEARNING_EVENT_CALLED_OFF, about)


def ask_to_hold(work: UnitOfWork, case: Case, plan: EventPlanSaid) -> None:
    """Ask the reviewers to hold it; where there is none, the chair."""
    close_todos(work, case, Todo.PLAN_LEARNING_EVENT, Todo.HOLD_LEARNING_EVENT)
    last = max(one.held_on for one in plan.sittings)
    ask_reviewers(work, case, Todo.HOLD_LEARNING_EVENT, last_day=last)
