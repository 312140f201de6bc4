"""What follows for a local review from its endorsed terms, and from its signed report."""

from services.casework.effects import close_todos, last_day, open_todo
from services.casework.steps.learning_event.event_turns import end_planned_event
from services.casework.steps.local_review.review_method import follow_method
from services.casework.steps.local_review.review_opening import open_review_if_ready
from services.casework.steps.local_review.terms_amended import agencies_to_ask
from services.casework.steps.plan_with_report import ask_for_plan
from services.casework.steps.recommendations.developing import close_if_all_put
from services.casework.steps.recommendations.endorsement import end_recommending
from services.casework.steps.rounds.sign_off_rounds import ask_no_more, ask_others_no_more
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage


def follow_terms(work: UnitOfWork, case: Case) -> None:
    """Open the review by them; of one that is open, ask for what the amended terms ask anew.

    An agency that they add is asked formally (LC-29), and a workshop that they say is planned. A
    draft that is there is written again, so that it states how they were amended (LC-06).
    """
    if case.stage is not Stage.LOCAL_REVIEW:
        open_review_if_ready(work, case)
        return
    limit = last_day(work, case, ClockId.K11)
    if agencies_to_ask(work, case):
        open_todo(work, case, Todo.REQUEST_REPORTS, last_day=limit)
    follow_method(work, case)
    if case.report_version > 0:
        open_todo(work, case, Todo.SUBMIT_DRAFT, last_day=limit)


def follow_endorsement(work: UnitOfWork, case: Case) -> None:
    """Have a report that is there written again: it states what the partners endorsed (PUB-18)."""
    close_if_all_put(work, case)
    if case.stage is Stage.LOCAL_REVIEW and case.report_version > 0:
        open_todo(work, case, Todo.SUBMIT_DRAFT, last_day=last_day(work, case, ClockId.K11))


def end_review(work: UnitOfWork, case: Case) -> None:
    """Ask for nothing more that belongs to a review under way: its report is signed.

    The partners go on to monitor time and quality until it is published (LC-21).

    An event that was planned while they signed can be recorded no more: its agencies are told.
    Its action plan is asked for, where none was put with it (EMB-03).
    """
    close_todos(
        work,
        case,
        Todo.PROPOSE_INTERIM_LEARNING,
        Todo.SHARE_INTERIM_LEARNING,
        Todo.REQUEST_REPORTS,
        Todo.PLAN_LEARNING_EVENT,
        Todo.ASK_FOR_PROGRESS,
        Todo.REPORT_PROGRESS,
    )
    end_recommending(work, case)
    ask_no_more(work, case, SignOffMatter.INTERIM_LEARNING)
    ask_others_no_more(work, case, SignOffMatter.INTERIM_LEARNING)
    end_planned_event(work, case)
    ask_for_plan(work, case)
