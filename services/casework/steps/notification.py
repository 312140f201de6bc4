"""The notification to the Panel is recorded, and the rapid review opens."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText, Moment, ShortText
from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    last_day,
    mark_met,
    open_todo,
    order_document,
    start_clock,
)
from services.casework.joint.notifications import join_with_notification
from services.casework.steps.notification_moments import must_be_possible
from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step, move
from services.domain.working_days import london_date


class RecordNotification(Command):
    """The statutory notification as sent through the Department's service (NOT-01)."""

    sent_at: Moment = Field(title="When was the notification sent?")
    reference: ShortText = Field(title="Reference given by the notification service")
    late_reason: LongText | None = Field(
        default=None, title="If it was late, why?", description="A late notification still counts."
    )


def record_notification(work: UnitOfWork, case_id: CaseId, command: RecordNotification) -> Case:
    """Record that the Panel was notified; the national clock of the rapid review starts (K10)."""
    case = begin(work, case_id, RECORD_NOTIFICATION, command)
    must_be_possible(work, case, "sent_at", command.sent_at)
    sent_on = london_date(command.sent_at)
    limit = last_day(work, case, ClockId.K1)
    if limit and sent_on > limit and not command.late_reason:
        raise AnswerRefused("late_reason", "Enter why it was late: it was due earlier (NOT-03).")
    case.notified_at = command.sent_at
    case.notification_reference = command.reference
    case.stage = move(case.stage, Stage.RAPID_REVIEW)
    entry = record_entry(work, case, RECORD_NOTIFICATION, command)
    close_todos(work, case, Todo.RECORD_NOTIFICATION)
    mark_met(work, case, ClockId.K1, on=sent_on)
    mark_met(work, case, ClockId.K2)
    _open_rapid_review(work, case)
    join_with_notification(work, case)
    order_document(work, entry, Step.NOTIFY, DocumentKind.NOTIFICATION_RECORD)
    return case


RECORD_NOTIFICATION = Act(
    name="record_notification",
    command=RecordNotification,
    perform=record_notification,
    permission=Permission.DECIDE_TO_NOTIFY,
    doing="record the notification",
    stages=frozenset({Stage.TO_BE_NOTIFIED}),
    entry=EntryType.NOTIFICATION_RECORDED,
    todo=Todo.RECORD_NOTIFICATION,
    clock=ClockId.K1,
    section=Section.FACTS_AND_FAMILY,
    holds_family_data=True,
    is_submission=True,
)


def _open_rapid_review(work: UnitOfWork, case: Case) -> None:
    """Start what hangs on the notification, and cap the meeting window by it (E-13)."""
    start_clock(work, case, ClockId.K4)
    start_clock(work, case, ClockId.K7)
    review = start_clock(work, case, ClockId.K10)
    _ask_for_meeting(work, case)
    enqueue_email(work, case, EmailTrigger.NOTIFICATION_RECORDED, EmailContext(due=review.due))


def _ask_for_meeting(work: UnitOfWork, case: Case) -> None:
    """Say whose turn it is at the meeting: what was set or sent before the notification counts.

    A meeting set before, for a day that is now too late, has to be set again.
    """
    meeting = london_date(case.meeting_at) if case.meeting_at else None
    limit = last_day(work, case, ClockId.K7)
    if meeting is None or (limit and meeting > limit):
        open_todo(work, case, Todo.SET_MEETING, last_day=last_day(work, case, ClockId.K4))
    else:
        mark_met(work, case, ClockId.K4)
    if meeting is not None:
        open_todo(work, case, Todo.HOLD_MEETING, last_day=meeting)
    forms_are_out = last_day(work, case, ClockId.K5) is None
    if forms_are_out and requests(work.session, case.id, Asked.SCOPING_RETURN):
        open_todo(work, case, Todo.ACCEPT_PACK, last_day=meeting)
