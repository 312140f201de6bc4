"""The learning event is planned, moved or called off; its agencies are told (LC-37 to LC-39)."""

from typing import Final

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText
from services.casework.effects import close_todos, order_document
from services.casework.joint.telling_event import tell_learning_event
from services.casework.steps.learning_event.event_turns import (
    ask_to_hold,
    tell_it_is_invited,
    tell_it_is_off,
)
from services.casework.steps.learning_event.participants import tell_participants
from services.casework.steps.learning_event.plan import (
    EventPlanSaid,
    EventStanding,
    LearningEventPlanned,
    PlanLearningEvent,
    agencies_of,
    has_planned_event,
    planned_event,
)
from services.casework.steps.learning_event.plan_conditions import must_be_a_plan
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step

FOR_ALL: Final = (
    DocumentKind.LEARNING_BRIEFING,
    DocumentKind.LEARNING_AGENDA,
    DocumentKind.LEARNING_WORKSHEETS,
)


class CallOffLearningEvent(Command):
    """The learning event that is planned is not held.

    Where another day is known, move the event instead: the invitations move with it.
    """

    reasons: LongText = Field(title="Why is it called off, and how are practitioners heard?")


def plan_learning_event(work: UnitOfWork, case_id: CaseId, command: PlanLearningEvent) -> Case:
    """Plan the event, or plan it anew: papers are made, and each agency is told by email (LC-38).

    An agency that is no longer invited is told that the event is off for its practitioners.
    """
    case = begin(work, case_id, PLAN_LEARNING_EVENT, command)
    before = planned_event(work, case)
    must_be_a_plan(work, case, command, before)
    entry = record_entry(work, case, PLAN_LEARNING_EVENT, command)
    invite_agencies(work, case, entry, command, before)
    tell_learning_event(work, case, entry.id)
    ask_to_hold(work, case, command)
    return case


PLAN_LEARNING_EVENT = Act(
    name="plan_learning_event",
    command=PlanLearningEvent,
    perform=plan_learning_event,
    permission=Permission.HOLD_LEARNING_EVENT,
    doing="plan a learning event",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.LEARNING_EVENT_PLANNED,
    kept=LearningEventPlanned,
    todo=Todo.PLAN_LEARNING_EVENT,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def call_off_learning_event(
    work: UnitOfWork, case_id: CaseId, command: CallOffLearningEvent
) -> Case:
    """Call the planned event off, with the reason; each agency that was invited is told."""
    case = begin(work, case_id, CALL_OFF_LEARNING_EVENT, command)
    event = must_be_planned(work, case)
    entry = record_entry(work, case, CALL_OFF_LEARNING_EVENT, command)
    close_todos(work, case, Todo.HOLD_LEARNING_EVENT)
    tell_it_is_off(work, case, entry.number, event)
    tell_learning_event(work, case, entry.id, is_off=True)
    return case


CALL_OFF_LEARNING_EVENT = Act(
    name="call_off_learning_event",
    command=CallOffLearningEvent,
    perform=call_off_learning_event,
    permission=Permission.HOLD_LEARNING_EVENT,
    doing="call the learning event off",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.LEARNING_EVENT_CALLED_OFF,
    shows=(EntryType.LEARNING_EVENT_PLANNED,),
    is_offered=has_planned_event,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def must_be_planned(work: UnitOfWork, case: Case) -> EventStanding:
    """Return the event that is planned; raises StepNotOpen where there is none."""
    event = planned_event(work, case)
    if event is None:
        raise StepNotOpen("There is no learning event that is planned.")
    return event


def invite_agencies(
    work: UnitOfWork,
    case: Case,
    entry: Entry,
    plan: EventPlanSaid,
    before: EventStanding | None,
) -> None:
    """Order the papers of the event, and tell each agency, by email, that it is invited.

    The email brings its sittings as entries of a calendar, in place of those that it held.
    Of those that were invited to the event as it stood before, the others are told that it is off.
    """
    invited = agencies_of(plan.invited)
    for kind in FOR_ALL:
        order_document(work, entry, Step.COMMISSION, kind)
    first = min(one.held_on for one in plan.sittings if one.held_on > work.today)
    for agency in invited:
        order_document(work, entry, Step.COMMISSION, DocumentKind.LEARNING_INVITATION, agency)
        tell_it_is_invited(work, case, entry.number, agency, first)
    if before is not None:
        tell_it_is_off(work, case, entry.number, before, still_invited=invited)
    tell_participants(work, case, entry.number)
