"""The lead's learning event arrives with who contributes, and who takes part in it with the lead.

Acts of Keyline itself, on our own rows, once the other side's act is kept.
"""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command, Rows, part_of
from services.casework.effects import close_todos, open_todo
from services.casework.joint.arrival import begin_arrival, subject_of
from services.casework.steps.learning_event.event_turns import tell_it_is_off
from services.casework.steps.learning_event.leads_event import LeadsEvent
from services.casework.steps.learning_event.plan import planned_event
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.learning_events import Presence
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class NoteLearningEvent(LeadsEvent):
    """The lead's event by its entry, and whether it is off."""

    entry_id: UUID
    is_off: bool = False


class PostElsewhere(Command):
    """A post of another partnership's agency: invited, or whether it came."""

    agency: str = Field(title="Of which agency?")
    post: str = Field(title="Which post?")
    presence: Presence | None = Field(default=None, title="Did they come?")
    heard: str | None = Field(default=None, title="How are they heard instead?")


class PractitionersElsewhere(Command):
    """Which practitioners of another partnership are invited to our event, or took part in it."""

    partnership: str = Field(title="Which partnership?")
    people: Annotated[tuple[PostElsewhere, ...], Rows(2, "post")] = Field(
        default=(), title="Practitioners of its agencies"
    )
    nobody: str | None = Field(default=None, title="Why was nobody invited?")


class ReceivePractitioners(PractitionersElsewhere):
    """What was said of them, by the id of its entry and whose it is."""

    entry_id: UUID
    partnership_id: UUID


def note_learning_event(work: UnitOfWork, case_id: CaseId, command: NoteLearningEvent) -> Case:
    """Ask our manager to invite practitioners of our agencies; of one that is off they are told."""
    subject, off = str(command.entry_id), EntryType.LEARNING_EVENT_CALLED_OFF
    kind = off if command.is_off else EntryType.LEARNING_EVENT_TOLD
    case, is_known = begin_arrival(work, case_id, NOTE_LEARNING_EVENT, subject, kind)
    if is_known or case.stage is not Stage.JOINT_REVIEW:
        return case
    event = planned_event(work, case)
    kept = part_of(command, LeadsEvent)
    entered = Entered(subject=subject, entry_type=kind, kept=kept)
    entry = record_entry_as(work, case, NOTE_LEARNING_EVENT, command, entered)
    close_todos(work, case, Todo.INVITE_PRACTITIONERS)
    if not command.is_off:
        first = min(one.held_on for one in command.sittings)
        open_todo(work, case, Todo.INVITE_PRACTITIONERS, last_day=first)
    elif event is not None:
        tell_it_is_off(work, case, entry.number, event)
    return case


NOTE_LEARNING_EVENT = Act(
    name="note_learning_event",
    command=NoteLearningEvent,
    perform=note_learning_event,
    permission=Permission.CARRY_CASES,
    doing="note the lead's learning event",
    stages=frozenset(Stage),
    entry=EntryType.LEARNING_EVENT_TOLD,
    other_entry=EntryType.LEARNING_EVENT_CALLED_OFF,
    kept=LeadsEvent,
    is_listed=False,
    section=Section.INTERNAL,
)


def receive_practitioners(work: UnitOfWork, case_id: CaseId, command: ReceivePractitioners) -> Case:
    """Keep, once, which practitioners of another partnership are invited, or took part."""
    subject = subject_of(command.entry_id, command.partnership_id)
    case, is_known = begin_arrival(work, case_id, RECEIVE_PRACTITIONERS, subject)
    if not is_known:
        entered = Entered(subject=subject, kept=part_of(command, PractitionersElsewhere))
        record_entry_as(work, case, RECEIVE_PRACTITIONERS, command, entered)
    return case


RECEIVE_PRACTITIONERS = Act(
    name="receive_practitioners",
    command=ReceivePractitioners,
    perform=receive_practitioners,
    permission=Permission.CARRY_CASES,
    doing="receive who takes part in the learning event",
    stages=frozenset(Stage),
    entry=EntryType.PRACTITIONERS_ELSEWHERE,
    kept=PractitionersElsewhere,
    is_listed=False,
    section=Section.INTERNAL,
)
