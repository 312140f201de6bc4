"""What the last agreeing signature on the rapid review entails: the first time, and again."""

from datetime import date

from services.casework.effects import (
    cancel_clock,
    close_todos,
    last_day,
    open_todo,
    order_decided_again,
    order_submission,
    stamp_guidance,
    start_clock,
    start_extra_clocks,
    tell_commissioning,
)
from services.casework.steps.agencies_told import tell_agencies
from services.casework.steps.going_on import (
    follow_decision,
    go_on,
    national_review_runs,
)
from services.casework.steps.rapid_review.pending_items import await_items
from services.casework.steps.rapid_review.reconsidering import course_put
from services.casework.steps.rounds.sign_off_rounds import ask_no_more
from services.casework.steps.scoping.reports_settled import settle_reports
from services.database.cases import Case
from services.database.history import newest_place
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import Anchor, ClockEnding, ClockId
from services.domain.emails import EmailTrigger
from services.domain.guidance import GuidedStep
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import LocalCourse, Outcome, Stage


def follow_agreed_decision(work: UnitOfWork, case: Case) -> None:
    """Date the decision by its last signature, and have the papers made that go to the Panel.

    One that is taken again is sent again, with its grounds to the three bodies (GOV-14, GOV-16),
    and told again here.
    """
    course = course_put(work, case)
    if course is not None:
        _follow_course(work, case, course)
        return
    _date(work, case)
    await_items(work, case)
    if case.stage is Stage.RAPID_REVIEW:
        limit = last_day(work, case, ClockId.K10)
        if limit is None or work.today <= limit:
            close_todos(work, case, Todo.TELL_LATENESS)
        open_todo(work, case, Todo.SUBMIT, last_day=limit)
        order_submission(work, case)
        return
    tell_commissioning(work, case, newest_place(work.session, case.id))
    order_decided_again(work, case)
    follow_decision(work, case)
    _tell_again(work, case)


def _tell_again(work: UnitOfWork, case: Case) -> None:
    """Tell everybody here who was told of the first decision that another one stands (RR-36)."""
    number = newest_place(work.session, case.id).number
    tell_agencies(work, case, EmailTrigger.DECIDED_AGAIN, number)


def _date(work: UnitOfWork, case: Case) -> None:
    """Date the decision; a local review's time starts with it, or end (K11).

    A round that keeps the local review keeps its first date, and gains no time (P4). Only a
    decision of every seat against it ends the clock; one for it later starts another.
    """
    kept = _kept_date(work, case)
    case.decided_on = kept or work.today
    work.session.add(case)
    if kept is None:
        _start_or_end(work, case)
    start_extra_clocks(work, case, Anchor.DECISION)


def _kept_date(work: UnitOfWork, case: Case) -> date | None:
    """Return the day of the decision for the local review that goes on, if one does (P4)."""
    is_local = case.outcome is Outcome.LOCAL_REVIEW
    return case.decided_on if is_local and last_day(work, case, ClockId.K11) else None


def _start_or_end(work: UnitOfWork, case: Case) -> None:
    if case.outcome is Outcome.LOCAL_REVIEW:
        start_clock(work, case, ClockId.K11)
        stamp_guidance(work, case, GuidedStep.LOCAL_REVIEW, work.today)
    else:
        cancel_clock(work, case, ClockId.K11, because=ClockEnding.NO_LOCAL_REVIEW)
        settle_reports(work, case)


def _follow_course(work: UnitOfWork, case: Case, course: LocalCourse) -> None:
    """Let the local review go on, stand or end beside the national one, as all seats decided."""
    tell_commissioning(work, case, newest_place(work.session, case.id))
    match course:
        case LocalCourse.GOES_ON:
            stood = case.stage is Stage.NATIONAL_REVIEW
            go_on(work, case, Stage.COMMISSIONING if stood else case.stage)
        case LocalCourse.STANDS:
            ask_no_more(work, case, SignOffMatter.RAPID_REVIEW)
            if not national_review_runs(work, case):
                open_todo(work, case, Todo.PROPOSE_LOCAL_COURSE)
        case LocalCourse.ENDS:
            case.outcome = Outcome.NO_FURTHER_REVIEW
            _date(work, case)
            close_todos(work, case, Todo.PROPOSE_LOCAL_COURSE)
            follow_decision(work, case)
            _tell_again(work, case)
