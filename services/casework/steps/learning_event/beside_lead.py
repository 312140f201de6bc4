"""Practitioners of our agencies at the learning event of a review that another one leads.

Each partnership invites practitioners of its own agencies, on its own case, by post; whoever leads
is told which posts are invited and which of them came (LC-37 to LC-40).
"""

from typing import Annotated

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry, record_entry_as
from services.casework.commands import Command, LongText, NeededWhen, Rows
from services.casework.effects import close_todos
from services.casework.joint.telling_event import deliver_practitioners
from services.casework.steps.learning_event.leads_event import LeadsEvent, leads_event
from services.casework.steps.learning_event.plan import (
    EventStanding,
    InvitedPost,
    LearningEventPlanned,
    PostInvited,
    event_of,
    planned_event,
)
from services.casework.steps.learning_event.plan_conditions import must_invite_who_was_involved
from services.casework.steps.learning_event.planning import invite_agencies
from services.casework.steps.learning_event.who_came import (
    AgreedOtherwise,
    PostThere,
    must_have_agreed_who_came,
    must_hear_who_did_not_come,
    must_tell_of_each,
)
from services.casework.steps.other_reviews.held_back import Heeded, must_heed_asking
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class InvitePractitioners(Command):
    """Practitioners of your agencies, invited to the event that the lead holds (LC-37, LC-38).

    Day, place and way of it are the lead's. To invite others, or after it was moved, say all of it
    again: each agency gets a new invitation.
    """

    invited: Annotated[tuple[InvitedPost, ...], Rows(6, "post")] = Field(
        title="Who is invited?",
        description="Practitioners with direct involvement, and their line managers: by agency and "
        "post, without names. Agencies that were asked for something on this case can be chosen.",
    )
    notice: LongText = Field(title="How do the agencies have plenty of notice? (LC-38)")
    heeded: Heeded = None


class RecordPractitionersThere(Command):
    """Which of your practitioners took part in the lead's event (LC-39, LC-40). Nobody is named."""

    people: Annotated[tuple[PostThere, ...], Rows(2, "post")] = Field(
        default=(), title="Who came?", description="Each post that was invited, and whoever else."
    )
    nobody: Annotated[LongText | None, NeededWhen("if nobody was invited")] = Field(
        default=None, title="Why was nobody invited, and how are your practitioners heard?"
    )
    agreed_otherwise: AgreedOtherwise = None


def invite_practitioners(work: UnitOfWork, case_id: CaseId, command: InvitePractitioners) -> Case:
    """Invite them: papers are made on our own case, the agencies and the lead are told."""
    case = begin(work, case_id, INVITE_PRACTITIONERS, command)
    told = leads_event(work, case)
    if told is None or told.way is None:
        raise StepNotOpen("The partnership that leads has planned no learning event.")
    if max(one.held_on for one in told.sittings) <= work.today:
        raise StepNotOpen("The lead's learning event was held already: record who took part.")
    before = planned_event(work, case)
    plan = LearningEventPlanned(
        way=told.way,
        sittings=told.sittings,
        facilitated_by=told.facilitated_by or told.partnership,
        invited=command.invited,
        notice=command.notice,
        shares_themes=bool(told.themes),
        why_changed=told.reasons if before is not None else None,
        heeded=command.heeded,
    )
    must_invite_who_was_involved(work, case, plan)
    must_heed_asking(work, case, command.heeded)
    entered = Entered(kept=plan)
    entry = record_entry_as(work, case, INVITE_PRACTITIONERS, command, entered)
    invite_agencies(work, case, entry, plan, before)
    close_todos(work, case, Todo.INVITE_PRACTITIONERS)
    deliver_practitioners(work, case, entry.id)
    return case


def has_leads_event(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the lead has planned an event, as far as we were told."""
    return leads_event(work, case) is not None


INVITE_PRACTITIONERS = Act(
    name="invite_practitioners",
    command=InvitePractitioners,
    perform=invite_practitioners,
    permission=Permission.HOLD_LEARNING_EVENT,
    doing="invite practitioners to the lead's learning event",
    stages=frozenset({Stage.JOINT_REVIEW}),
    entry=EntryType.LEARNING_EVENT_PLANNED,
    kept=LearningEventPlanned,
    todo=Todo.INVITE_PRACTITIONERS,
    shows=(EntryType.LEARNING_EVENT_TOLD,),
    is_offered=has_leads_event,
    section=Section.INTERNAL,
    holds_family_data=True,
)


class ThereBegun(Command):
    """What the record opens with: who was invited."""

    people: tuple[PostInvited, ...]


def there_begun(work: UnitOfWork, case: Case) -> ThereBegun | None:
    """Return who of ours was invited, for the record to open with."""
    event = planned_event(work, case)
    return None if event is None else ThereBegun(people=event.posts)


def record_practitioners_there(
    work: UnitOfWork, case_id: CaseId, command: RecordPractitionersThere
) -> Case:
    """Keep which of our practitioners came, and how the others are heard; the lead is told."""
    case = begin(work, case_id, RECORD_PRACTITIONERS_THERE, command)
    event, told = _to_be_recorded(work, case)
    if (event is None) is (command.nobody is None):
        says = "Say why nobody was invited." if event is None else "Practitioners are invited."
        raise AnswerRefused("nobody", says)
    if event is not None:
        if max(*event.days, *(one.held_on for one in told.sittings)) > work.today:
            raise StepNotOpen("The lead's learning event is still to come: record it then.")
        must_tell_of_each(work, case, command.people, event)
        must_hear_who_did_not_come(command.people)
        must_have_agreed_who_came(work, case, command.people, command.agreed_otherwise)
    elif command.people:
        raise AnswerRefused("people", "You have said that nobody was invited.")
    entry = record_entry(work, case, RECORD_PRACTITIONERS_THERE, command)
    close_todos(work, case, Todo.INVITE_PRACTITIONERS)
    deliver_practitioners(work, case, entry.id)
    return case


RECORD_PRACTITIONERS_THERE = Act(
    name="record_practitioners_there",
    command=RecordPractitionersThere,
    perform=record_practitioners_there,
    permission=Permission.HOLD_LEARNING_EVENT,
    doing="record who took part in the lead's learning event",
    stages=frozenset({Stage.JOINT_REVIEW}),
    entry=EntryType.PRACTITIONERS_THERE,
    shows=(EntryType.LEARNING_EVENT_TOLD, EntryType.LEARNING_EVENT_PLANNED),
    is_offered=has_leads_event,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def _to_be_recorded(work: UnitOfWork, case: Case) -> tuple[EventStanding | None, LeadsEvent]:
    """Return the event as ours are invited to it, if they are, and as the lead told of it last.

    Raises StepNotOpen where the lead has planned none, and once it is on record who came.
    """
    told = leads_event(work, case)
    if told is None:
        raise StepNotOpen("The partnership that leads has planned no learning event.")
    event = event_of(work, case)
    if event is not None and event.newest.entry_type is EntryType.PRACTITIONERS_THERE:
        raise StepNotOpen("Who took part in the lead's learning event is on record already.")
    return (event if event is not None and event.is_planned else None), told
