"""The rapid review opens on a notification to the Panel: our own, or another area's (RR-01)."""

from datetime import date

from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    follow_notification,
    last_day,
    mark_met,
    open_todo,
    policy_of,
    start_clock,
)
from services.casework.effects.emails import enqueue_email_to
from services.casework.joint.membership import is_lead
from services.casework.joint.notifications import notifications_received
from services.casework.steps.notification.notification_clocks import start_local_clocks
from services.casework.steps.scoping.scoping_requests import asked_this_time
from services.database.cases import Case
from services.database.history import review_begun_after
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.emails import EmailTrigger
from services.domain.recipients import Recipient
from services.domain.todos import Todo
from services.domain.workflow import NOT_REVIEWED, move_when_notified_elsewhere
from services.domain.working_days import london_date


def open_if_notified_elsewhere(work: UnitOfWork, case: Case) -> None:
    """Open the review that our case leads where another area has notified, and ours has not.

    Our authority's own decision stays its own: what it was asked stays open (NOT-13).
    """
    days = [one.notified_on for one in notifications_received(work, case)]
    if case.stage not in NOT_REVIEWED or not days or not is_lead(work, case):
        return
    case.stage = move_when_notified_elsewhere(case.stage)
    work.session.add(case)
    close_todos(work, case, Todo.CLOSE_OR_REOPEN)
    if not asked_this_time(work, case) and last_day(work, case, ClockId.K5) is None:
        start_local_clocks(work, case)
    open_rapid_review(work, case, min(days))


def open_rapid_review(work: UnitOfWork, case: Case, notification: date) -> None:
    """Start what hangs on the notification of that day, and cap the meeting window by it (E-13)."""
    start_clock(work, case, ClockId.K4, notification=notification)
    start_clock(work, case, ClockId.K7, notification=notification)
    review = start_clock(work, case, ClockId.K10, notification=notification)
    follow_notification(work, case, notification)
    _ask_for_meeting(work, case)
    told = EmailContext(due=review.due, part=str(review_begun_after(work.session, case.id)))
    enqueue_email(work, case, EmailTrigger.NOTIFICATION_RECORDED, told)
    if policy_of(case).sharing.scrutineer_copied:
        copied = (Recipient.SCRUTINEER,)
        enqueue_email_to(work, case, EmailTrigger.NOTIFICATION_RECORDED, copied, told)


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
    if asked_this_time(work, case):
        open_todo(work, case, Todo.ACCEPT_PACK, last_day=meeting)
