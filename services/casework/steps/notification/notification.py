"""The notification to the Panel is recorded, and the rapid review opens."""

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import (
    Command,
    LongText,
    Moment,
    NotifierChoice,
    ShortText,
    YesNo,
)
from services.casework.effects import (
    close_todos,
    follow_notification,
    mark_met,
    order_document,
    start_clock,
)
from services.casework.joint.membership import is_lead
from services.casework.joint.notifications import join_with_notification
from services.casework.steps.notification.notification_moments import (
    must_be_possible,
    must_say_why_late,
)
from services.casework.steps.notification.notifier_roster import notifier_on_roster
from services.casework.steps.notification.own_duty import (
    BESIDE_REVIEW,
    must_be_owed,
    must_concern_a_child,
    owed,
)
from services.casework.steps.notification.rapid_review_opening import open_rapid_review
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.entry_types import THE_REFERRAL, EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step, move
from services.domain.working_days import london_date


class RecordNotification(Command):
    """The statutory notification as sent through the Department's service (NOT-01)."""

    sent_at: Moment = Field(title="When was the notification sent?")
    reference: ShortText = Field(title="Reference given by the notification service")
    contact: ShortText = Field(
        title="Who sent it, and how can the Panel reach them?",
        description="Their post, with the telephone number or email that the notification gives.",
    )
    threshold_met: YesNo = Field(
        title="Does it say that the threshold for a rapid review is met?",
        description="Whatever it says, a rapid review follows every notification (RR-01).",
    )
    further: LongText | None = Field(
        default=None,
        title="What does it say besides the referral?",
        description="The incident and the children stand in the referral above: correct it where "
        "the notification says otherwise.",
    )
    notifier: NotifierChoice | None = Field(
        default=None,
        title="Which registered notifier is that?",
        description="Those on the roster today. It is kept in the directory (NOT-07).",
    )
    off_roster: LongText | None = Field(
        default=None,
        title="If it was nobody on the roster, why?",
        description="The notification counts all the same.",
    )
    late_reason: LongText | None = Field(
        default=None, title="If it was late, why?", description="A late notification still counts."
    )


class NotificationSent(Command):
    """What is kept of it: the notifier by name, since an id tells a reader nothing."""

    sent_at: Moment = Field(title="When was the notification sent?")
    reference: str = Field(title="Reference given by the notification service")
    contact: str = Field(title="Who sent it, and how can the Panel reach them?")
    threshold_met: YesNo = Field(title="Does it say that the threshold for a rapid review is met?")
    further: str | None = Field(default=None, title="What does it say besides the referral?")
    notifier: str | None = Field(default=None, title="Which registered notifier is that?")
    off_roster: str | None = Field(default=None, title="If it was nobody on the roster, why?")
    late_reason: str | None = Field(default=None, title="If it was late, why?")


def record_notification(work: UnitOfWork, case_id: CaseId, command: RecordNotification) -> Case:
    """Record that the Panel was notified; the national clock of the rapid review starts (K10)."""
    case = begin(work, case_id, RECORD_NOTIFICATION, command)
    must_be_owed(work, case, Todo.RECORD_NOTIFICATION)
    must_concern_a_child(case)
    must_be_possible(work, case, "sent_at", command.sent_at)
    sent_on = london_date(command.sent_at)
    must_say_why_late(work, case, sent_on, command.late_reason)
    notifier = notifier_on_roster(work, command.notifier, command.off_roster, sent_on)
    case.notified_at = command.sent_at
    case.notification_reference = command.reference
    is_beside = case.stage in BESIDE_REVIEW
    if not is_beside:
        case.stage = move(case.stage, Stage.RAPID_REVIEW)
    kept = NotificationSent.model_validate(command.model_dump() | {"notifier": notifier})
    entry = record_entry_as(work, case, RECORD_NOTIFICATION, command, Entered(kept=kept))
    close_todos(work, case, Todo.RECORD_NOTIFICATION)
    mark_met(work, case, ClockId.K1, on=sent_on)
    mark_met(work, case, ClockId.K2)
    if not is_beside:
        open_rapid_review(work, case, sent_on)
    elif case.submitted_at is None and is_lead(work, case):
        start_clock(work, case, ClockId.K10)
        follow_notification(work, case, sent_on)
    join_with_notification(work, case)
    order_document(work, entry, Step.NOTIFY, DocumentKind.NOTIFICATION_RECORD)
    return case


RECORD_NOTIFICATION = Act(
    name="record_notification",
    command=RecordNotification,
    perform=record_notification,
    permission=Permission.DECIDE_TO_NOTIFY,
    doing="record the notification",
    stages=BESIDE_REVIEW | {Stage.TO_BE_NOTIFIED},
    is_offered=owed(Todo.RECORD_NOTIFICATION),
    entry=EntryType.NOTIFICATION_RECORDED,
    kept=NotificationSent,
    todo=Todo.RECORD_NOTIFICATION,
    clock=ClockId.K1,
    shows=THE_REFERRAL,
    section=Section.FACTS_AND_FAMILY,
    holds_family_data=True,
    is_submission=True,
)
