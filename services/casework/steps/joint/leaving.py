"""A partnership leaves a joint review: its own case goes on alone, where its own duties stand."""

from services.casework.effects import (
    close_todos,
    follow_notification,
    last_day,
    open_todo,
    start_clock,
)
from services.casework.joint.ending import leave
from services.casework.steps.learning_event.event_turns import tell_it_is_off
from services.casework.steps.learning_event.plan import planned_event
from services.casework.steps.rounds.sign_off_rounds import ask_no_more
from services.casework.steps.scoping.scoping_requests import asked_this_time
from services.casework.steps.scoping.second_person import ask_second_persons_again
from services.database.cases import Case
from services.database.history import all_of, newest_place
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.joint_reviews import DECIDED_WITH
from services.domain.todos import Todo
from services.domain.workflow import Stage, move
from services.domain.working_days import london_date


def go_on_alone(work: UnitOfWork, case: Case, led_at: Stage) -> None:
    """Leave the joint review; what we signed and filed stays on our own case.

    An area that notified the Panel itself owes a rapid review of its own, at its own date, if the
    joint one was not submitted yet (RR-01, RR-34). Every other goes on with what it has learnt.
    ``led_at`` is where the lead's case stood.
    """
    leave(work, case)
    close_todos(work, case, Todo.REQUEST_REPORTS, Todo.INVITE_PRACTITIONERS, Todo.HEAR_OF_DRAFT)
    ask_no_more(work, case, *DECIDED_WITH)
    if case.stage is not Stage.JOINT_REVIEW:
        return
    _tell_of_the_leads_event(work, case)
    if led_at is Stage.RAPID_REVIEW and _has_notified(work, case):
        case.stage = move(case.stage, Stage.RAPID_REVIEW)
        work.session.add(case)
        _review_alone(work, case)
        ask_second_persons_again(work, case)
    else:
        case.stage = move(case.stage, Stage.EMBEDDING)
        work.session.add(case)
        open_todo(work, case, Todo.PROPOSE_PLAN)


def _tell_of_the_leads_event(work: UnitOfWork, case: Case) -> None:
    """Tell our agencies that theirs are not expected at the event of the review that we leave."""
    event = planned_event(work, case)
    if event is not None and event.days[-1] >= work.today:
        tell_it_is_off(work, case, newest_place(work.session, case.id).number, event)


def _has_notified(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a notification of our own authority stands, whoever else notified the Panel."""
    types = (EntryType.NOTIFICATION_RECORDED, EntryType.NOTIFICATION_WITHDRAWN)
    own = [one for one in all_of(work.session, case.id, *types) if one.origin_id is None]
    return bool(own) and own[-1].entry_type is EntryType.NOTIFICATION_RECORDED


def _review_alone(work: UnitOfWork, case: Case) -> None:
    """Let our own clocks run on, and say whose turn it is in our own rapid review."""
    if last_day(work, case, ClockId.K10) is None:
        start_clock(work, case, ClockId.K10)
        if case.notified_at is not None:
            follow_notification(work, case, london_date(case.notified_at))
    if case.met_on is not None:
        for todo in (Todo.WRITE_RECORD, Todo.ANSWER_CRITERIA, Todo.PROPOSE_DECISION):
            open_todo(work, case, todo)
        return
    if last_day(work, case, ClockId.K7) is None:
        start_clock(work, case, ClockId.K7)
    has_asked = asked_this_time(work, case)
    open_todo(work, case, Todo.ACCEPT_PACK if has_asked else Todo.REQUEST_RETURNS)
    open_todo(work, case, Todo.HOLD_MEETING if case.meeting_at else Todo.SET_MEETING)
