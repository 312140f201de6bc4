"""The rapid review ends because what opened it was withdrawn; what was said of it stays said."""

from typing import Final

from services.casework.effects import cancel_clock, close_todos, drop_rapid_review, open_todo
from services.casework.steps.notification.notification_clocks import end_duties_of_notifying
from services.casework.steps.rounds.marked_matters import close_asked
from services.casework.steps.rounds.sign_off_rounds import ask_no_more
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.sign_off import SignOffMatter
from services.domain.todos import OF_THE_RECORD, Todo

_OF_THE_REVIEW: Final = (ClockId.K4, ClockId.K8, ClockId.K9, ClockId.K10)
_TO_DO: Final = (
    Todo.NAME_ATTENDEES,
    Todo.WRITE_RECORD,
    Todo.SETTLE_RECORD,
    Todo.ANSWER_CRITERIA,
    Todo.PROPOSE_DECISION,
    Todo.SUBMIT,
    Todo.TELL_LATENESS,
    Todo.FOLLOW_UP_PENDING,
    *OF_THE_RECORD,
)


def end_rapid_review(work: UnitOfWork, case: Case) -> None:
    """End its clocks as withdrawn, none of them as met, and what people were asked to do for it.

    The case stands where one stands that was not notified. If it is reopened and notified anew, its
    review begins anew: no meeting, answer or signature of this one counts for that.
    """
    because = ClockEnding.WITHDRAWN
    end_duties_of_notifying(work, case, because=because)
    cancel_clock(work, case, *_OF_THE_REVIEW, because=because)
    close_asked(work, case, SignOffMatter.RAPID_REVIEW)
    close_todos(work, case, *_TO_DO)
    ask_no_more(work, case, SignOffMatter.RAPID_REVIEW)
    drop_rapid_review(work, case)
    case.notified_at, case.notification_reference = None, ""
    case.meeting_at = case.pack_accepted_on = case.met_on = None
    case.outcome = case.criteria_met = case.decided_on = None
    work.session.add(case)
    open_todo(work, case, Todo.CLOSE_OR_REOPEN)
