"""The rapid review meeting: its date, and what was said."""

from typing import Annotated

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import (
    Command,
    Day,
    LongText,
    Moment,
    PersonChoice,
    Rows,
    ShortText,
)
from services.casework.effects import (
    close_todos,
    mark_met,
    open_todo,
    policy_of,
    start_clock,
    start_extra_clocks,
)
from services.casework.steps.attendance.invitations import ask_who_attends, renew_invitations
from services.casework.steps.attendance.participants import (
    Deputy,
    must_be_chaired,
    must_say_who_took_part,
)
from services.casework.steps.rapid_review.meeting_pack import must_be_tabled
from services.casework.steps.rapid_review.meeting_window import must_be_in_window
from services.database.cases import Case, children
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import Anchor, ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.domain.working_days import london_date


class SetMeeting(Command):
    """When and where the rapid review meeting takes place (RR-43, RR-44)."""

    meeting_at: Moment = Field(title="When is the meeting?")
    place: ShortText = Field(
        title="Where, or by which link?",
        description="It stands in the invitation, which leaves by email: no name of the family.",
    )
    outside_reason: LongText | None = Field(
        default=None,
        title="If it is outside the window, why?",
        description="Too early is a breach as well as too late (K7).",
    )
    agenda: LongText | None = Field(
        default=None,
        title="What else is on the agenda?",
        description="A line for each point. The usual points are on it. It stands in the pack, and "
        "not in the invitation.",
    )


class HoldMeeting(Command):
    """What the rapid review meeting found (RR-46)."""

    met_on: Day = Field(title="When was the meeting held?")
    chaired_by: PersonChoice = Field(
        title="Who chaired it?",
        description="The chair of the review group, or a deputy: then say below in whose place. "
        "Another person only where the policy has it so (RR-48).",
    )
    present: tuple[PersonChoice, ...] = Field(
        default=(),
        title="Who attended?",
        description="Of those who were named, leave out whoever did not come (GOV-12).",
    )
    deputies: Annotated[tuple[Deputy, ...], Rows(2, "deputy")] = Field(
        default=(), title="Who came as a deputy?"
    )
    others: LongText | None = Field(
        default=None,
        title="Who else attended, and for which agency?",
        description="People who have no account here.",
    )
    tabled: LongText | None = Field(
        default=None,
        title="What was tabled at the meeting?",
        description="Such as minutes that the pack did not have (RR-45).",
    )
    facts: LongText = Field(title="The facts as established")
    immediate_action: LongText = Field(title="Immediate action for the safety of any child")
    improvements: LongText = Field(title="Potential for improving practice")
    outside_reason: LongText | None = Field(
        default=None, title="If it was held outside the window, why?"
    )


def set_meeting(work: UnitOfWork, case_id: CaseId, command: SetMeeting) -> Case:
    """Set or move the date of the meeting, and invite those with operational knowledge."""
    case = begin(work, case_id, SET_MEETING, command)
    if case.met_on is not None:
        raise RuleBroken("The meeting has been held.")
    if command.meeting_at < work.now:
        raise AnswerRefused("meeting_at", "Enter a time still to come; record a past meeting.")
    on = london_date(command.meeting_at)
    must_be_in_window(work, case, "meeting_at", on, command.outside_reason)
    _must_name_no_child(work, case, command.place)
    moved = case.meeting_at is not None
    case.meeting_at = command.meeting_at
    entry = record_entry(work, case, SET_MEETING, command)
    if case.stage is Stage.RAPID_REVIEW and not moved:
        mark_met(work, case, ClockId.K4)
    close_todos(work, case, Todo.SET_MEETING, Todo.HOLD_MEETING, Todo.NAME_ATTENDEES)
    if case.stage is Stage.RAPID_REVIEW:
        open_todo(work, case, Todo.HOLD_MEETING, last_day=on)
    ask_who_attends(work, case, on)
    renew_invitations(work, case, entry)
    return case


SET_MEETING = Act(
    name="set_meeting",
    command=SetMeeting,
    perform=set_meeting,
    permission=Permission.RUN_MEETING,
    doing="set the meeting",
    stages=frozenset({Stage.REFERRED, Stage.TO_BE_NOTIFIED, Stage.RAPID_REVIEW}),
    entry=EntryType.MEETING_SET,
    todo=Todo.SET_MEETING,
    clock=ClockId.K7,
    section=Section.MEETING,
)


def hold_meeting(work: UnitOfWork, case_id: CaseId, command: HoldMeeting) -> Case:
    """Record the meeting; the time for the record counts from it (K8, RR-49)."""
    case = begin(work, case_id, HOLD_MEETING, command)
    if case.met_on is not None:
        raise RuleBroken("The meeting is on record already.")
    if case.pack_accepted_on is None:
        raise RuleBroken("Accept the meeting pack first (G3).")
    if command.met_on > work.today:
        raise AnswerRefused("met_on", "The meeting cannot have been held in the future.")
    must_be_in_window(work, case, "met_on", command.met_on, command.outside_reason)
    must_say_who_took_part(work, case, command)
    if policy_of(case).review_group_chair_chairs:
        must_be_chaired(work, command)
    must_be_tabled(work, case, command.tabled)
    case.met_on = command.met_on
    record_entry(work, case, HOLD_MEETING, command)
    close_todos(work, case, Todo.HOLD_MEETING, Todo.SET_MEETING, Todo.NAME_ATTENDEES)
    mark_met(work, case, ClockId.K4, ClockId.K7, on=command.met_on)
    to_panel = start_clock(work, case, ClockId.K8)
    start_clock(work, case, ClockId.K9)
    start_extra_clocks(work, case, Anchor.MEETING)
    for todo in (Todo.WRITE_RECORD, Todo.ANSWER_CRITERIA, Todo.PROPOSE_DECISION):
        open_todo(work, case, todo, last_day=to_panel.due)
    return case


HOLD_MEETING = Act(
    name="hold_meeting",
    command=HoldMeeting,
    perform=hold_meeting,
    permission=Permission.RUN_MEETING,
    doing="record the meeting",
    stages=frozenset({Stage.RAPID_REVIEW}),
    entry=EntryType.MEETING_HELD,
    todo=Todo.HOLD_MEETING,
    clock=ClockId.K7,
    shows=(EntryType.MEETING_SET, EntryType.PACK_ACCEPTED),
    section=Section.MEETING,
    holds_family_data=True,
)


def _must_name_no_child(work: UnitOfWork, case: Case, place: str) -> None:
    """Refuse a place that names a child of the case: the invitation leaves by email."""
    words = " ".join(place.casefold().split())
    names = (" ".join(one.name.casefold().split()) for one in children(work.session, case.id))
    if any(name in words for name in names if name):
        raise AnswerRefused("place", "Leave the child's name out: the invitation leaves by email.")
