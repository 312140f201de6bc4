"""Gate G2: the local authority decides whether to notify, and the notification is recorded."""

from datetime import datetime

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText, Moment, ShortText, YesNo
from services.casework.effects import (
    EmailContext,
    cancel_clock,
    close_todos,
    enqueue_email,
    last_day,
    mark_met,
    open_todo,
    order_document,
    start_clock,
)
from services.casework.steps.notification_clocks import (
    start_local_clocks,
    start_notification_clocks,
)
from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import Position
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step, move
from services.domain.working_days import london_date


class RecordAwareness(Command):
    """When the local authority first became aware of the incident (K1 counts from it)."""

    aware_at: Moment = Field(
        title="When did the local authority become aware?",
        description="Whoever was on duty: the emergency duty team counts.",
    )
    how: LongText = Field(title="How did it become aware?")


class GiveView(Command):
    """A partner's or the scrutineer's view on notifying (NOT-11, NOT-12)."""

    position: Position = Field(title="Do you agree that the Panel should be notified?")
    reasons: LongText = Field(title="Your reasons")


class DecideToNotify(Command):
    """The local authority's decision, which is its alone (NOT-13)."""

    notify: YesNo = Field(title="Will the local authority notify the Panel?")
    reasons: LongText = Field(
        title="Reasons",
        description="Against the definition: abuse or neglect known or suspected, and death or "
        "serious harm. Say how you weighed any view that differs from yours.",
    )
    family_told: YesNo = Field(title="Will the family be told of the notification? (NOT-17)")
    family_reasons: LongText = Field(title="How, or why not?")


class RecordNotification(Command):
    """The statutory notification as sent through the Department's service (NOT-01)."""

    sent_at: Moment = Field(title="When was the notification sent?")
    reference: ShortText = Field(title="Reference given by the notification service")
    late_reason: LongText | None = Field(
        default=None, title="If it was late, why?", description="A late notification still counts."
    )


def record_awareness(work: UnitOfWork, case_id: CaseId, command: RecordAwareness) -> Case:
    """Record when the local authority became aware, and start its clocks."""
    case = begin(work, case_id, RECORD_AWARENESS, command)
    if case.aware_at is not None:
        raise RuleBroken("Awareness is on record already; the first date stands.")
    must_be_possible(work, case, "aware_at", command.aware_at)
    case.aware_at = command.aware_at
    record_entry(work, case, RECORD_AWARENESS, command)
    close_todos(work, case, Todo.RECORD_AWARENESS)
    start_notification_clocks(work, case)
    return case


RECORD_AWARENESS = Act(
    name="record_awareness",
    command=RecordAwareness,
    perform=record_awareness,
    permission=Permission.DECIDE_TO_NOTIFY,
    doing="record awareness",
    stages=frozenset({Stage.REFERRED}),
    entry=EntryType.AWARENESS_RECORDED,
    todo=Todo.RECORD_AWARENESS,
    section=Section.FACTS_AND_FAMILY,
    holds_family_data=True,
)


def give_view(work: UnitOfWork, case_id: CaseId, command: GiveView) -> Case:
    """Keep one person's view on notifying; the clock runs on meanwhile (NOT-11, NOT-12)."""
    case = begin(work, case_id, GIVE_VIEW, command)
    record_entry(work, case, GIVE_VIEW, command, subject=work.actor.seat or work.actor.role)
    if work.actor.seat:
        close_todos(work, case, Todo.GIVE_VIEW, subject=work.actor.seat.value)
    return case


GIVE_VIEW = Act(
    name="give_view",
    command=GiveView,
    perform=give_view,
    permission=Permission.GIVE_VIEW,
    doing="give a view on notifying",
    stages=frozenset({Stage.REFERRED}),
    entry=EntryType.VIEW_GIVEN,
    todo=Todo.GIVE_VIEW,
    clock=ClockId.K1,
    shows=(EntryType.REFERRED,),
    section=Section.INTERNAL,
    holds_family_data=True,
)


def decide_to_notify(work: UnitOfWork, case_id: CaseId, command: DecideToNotify) -> Case:
    """Record the local authority's decision, whatever the others said (NOT-13)."""
    case = begin(work, case_id, DECIDE_TO_NOTIFY, command)
    if case.aware_at is None:
        raise RuleBroken("Record when the local authority became aware first: K1 counts from it.")
    case.stage = move(case.stage, Stage.TO_BE_NOTIFIED if command.notify else Stage.NOT_NOTIFIED)
    entry = record_entry(work, case, DECIDE_TO_NOTIFY, command)
    if command.notify and not case.abuse_suspected:
        _suspect(work, case)
    close_todos(work, case, Todo.DECIDE_TO_NOTIFY, Todo.GIVE_VIEW)
    if command.notify:
        open_todo(work, case, Todo.RECORD_NOTIFICATION, last_day=last_day(work, case, ClockId.K1))
    else:
        _stand_down(work, case)
        order_document(work, entry, Step.NOTIFY, DocumentKind.DECISION_NOT_TO_NOTIFY)
    return case


DECIDE_TO_NOTIFY = Act(
    name="decide_to_notify",
    command=DecideToNotify,
    perform=decide_to_notify,
    permission=Permission.DECIDE_TO_NOTIFY,
    doing="decide whether to notify",
    stages=frozenset({Stage.REFERRED}),
    entry=EntryType.NOTIFY_DECIDED,
    todo=Todo.DECIDE_TO_NOTIFY,
    clock=ClockId.K1,
    shows=(EntryType.REFERRED, EntryType.VIEW_GIVEN),
    section=Section.INTERNAL,
    holds_family_data=True,
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
)


def must_be_possible(work: UnitOfWork, case: Case, field: str, moment: datetime) -> None:
    """Refuse a moment in the future, or before what must have come first."""
    if moment > work.now:
        raise AnswerRefused(field, "Enter a time that is not in the future.")
    if field == "aware_at" and case.incident_on and london_date(moment) < case.incident_on:
        raise AnswerRefused(field, "This cannot be before the incident.")
    if field == "sent_at":
        if case.aware_at is None:
            raise RuleBroken("Record when the local authority became aware first (K1).")
        if moment < case.aware_at:
            raise AnswerRefused(field, "This cannot be before the local authority was aware.")


def _suspect(work: UnitOfWork, case: Case) -> None:
    """Start what a suspicion starts: to decide to notify is to suspect abuse (NOT-01)."""
    case.abuse_suspected = True
    start_notification_clocks(work, case)
    start_local_clocks(work, case)


def _open_rapid_review(work: UnitOfWork, case: Case) -> None:
    """Start what hangs on the notification, and cap the meeting window by it (E-13)."""
    start_clock(work, case, ClockId.K4)
    start_clock(work, case, ClockId.K7)
    review = start_clock(work, case, ClockId.K10)
    _ask_for_meeting(work, case)
    enqueue_email(work, case, EmailTrigger.NOTIFICATION_RECORDED, EmailContext(due=review.due))


def _ask_for_meeting(work: UnitOfWork, case: Case) -> None:
    """Say whose turn it is at the meeting: what was set or sent before the notification counts.

    A meeting set before, for a day that is now too late, has to be set anew.
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


def _stand_down(work: UnitOfWork, case: Case) -> None:
    """End what a notification would have started; the first decision stays on record."""
    cancel_clock(
        work,
        case,
        ClockId.K1,
        ClockId.K2,
        ClockId.K5,
        ClockId.K6,
        ClockId.K7,
        because=ClockEnding.NOT_NOTIFIED,
    )
    case.meeting_at = None
    close_todos(
        work,
        case,
        Todo.REQUEST_RETURNS,
        Todo.SUBMIT_RETURN,
        Todo.ACCEPT_PACK,
        Todo.SET_MEETING,
        Todo.HOLD_MEETING,
    )
    open_todo(work, case, Todo.CLOSE_OR_REOPEN)
    enqueue_email(work, case, EmailTrigger.NOT_NOTIFIED, EmailContext(part=str(case.awareness)))
