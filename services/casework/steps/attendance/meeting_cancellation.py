"""The rapid review meeting is called off: every invitation is taken back (RR-43)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText
from services.casework.effects import close_todos, last_day, open_todo
from services.casework.steps.attendance.invitations import withdraw_invitations
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class CancelMeeting(Command):
    """The meeting is not held on the day that was set, and no other day is known yet.

    Where another day is known, set that instead: the invitations move with it.
    """

    reasons: LongText = Field(title="Why is the meeting called off?")


def cancel_meeting(work: UnitOfWork, case_id: CaseId, command: CancelMeeting) -> Case:
    """Call the meeting off; another date is to be set within its window (K7)."""
    case = begin(work, case_id, CANCEL_MEETING, command)
    if not _is_set(case):
        raise StepNotOpen("There is no meeting to call off: none is set, or it has been held.")
    record_entry(work, case, CANCEL_MEETING, command)
    call_off(work, case)
    close_todos(work, case, Todo.HOLD_MEETING, Todo.NAME_ATTENDEES)
    if case.stage is Stage.RAPID_REVIEW:
        open_todo(work, case, Todo.SET_MEETING, last_day=last_day(work, case, ClockId.K7))
    return case


CANCEL_MEETING = Act(
    name="cancel_meeting",
    command=CancelMeeting,
    perform=cancel_meeting,
    permission=Permission.RUN_MEETING,
    doing="call the meeting off",
    stages=frozenset({Stage.REFERRED, Stage.TO_BE_NOTIFIED, Stage.RAPID_REVIEW}),
    is_offered=lambda _work, case: _is_set(case),
    entry=EntryType.MEETING_CANCELLED,
    clock=ClockId.K7,
    shows=(EntryType.MEETING_SET,),
    section=Section.MEETING,
)


def call_off(work: UnitOfWork, case: Case) -> None:
    """Take the meeting of a case back, if one is to come: no calendar keeps it."""
    if _is_set(case):
        case.meeting_at = None
        work.session.add(case)
        withdraw_invitations(work, case)


def _is_set(case: Case) -> bool:
    return case.meeting_at is not None and case.met_on is None
