"""What follows once an agency's report is judged: it goes back by a day, or is let in (G8)."""

from datetime import date

from services.casework.effects import close_todos, enqueue_email, open_todo
from services.casework.steps.local_review.report_requests import about_report
from services.casework.steps.scoping.national_days import must_leave_national_day
from services.database.agency_requests import AgencyRequest, requests
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Answered, Asked
from services.domain.emails import EmailTrigger
from services.domain.errors import AnswerRefused
from services.domain.todos import Todo


def must_be_a_day_to_come(
    work: UnitOfWork, case: Case, request: AgencyRequest, by_when: date
) -> None:
    """Refuse a day that is past, or that passes the national one for which it is needed."""
    if by_when < work.today:
        raise AnswerRefused("by_when", "Enter a day from today on.")
    must_leave_national_day(work, case, request, by_when, "by_when")


def send_back(
    work: UnitOfWork, case: Case, request: AgencyRequest, reasons: str, by_when: date
) -> None:
    """Have the agency send its report again by the day: its turn, and an email (LC-26)."""
    request.answered, request.due = Answered.SENT_BACK, by_when
    request.reasons = reasons
    work.session.add(request)
    subject = str(request.agency_id)
    open_todo(work, case, Todo.SUBMIT_REPORT, last_day=by_when, subject=subject)
    about = about_report(request.agency_id, by_when, str(request.version))
    enqueue_email(work, case, EmailTrigger.REPORT_RETURNED, about)


def let_in(work: UnitOfWork, case: Case, request: AgencyRequest) -> None:
    """Let a report into the review, and tell the agency so (G8)."""
    request.answered = Answered.ACCEPTED
    work.session.add(request)
    about = about_report(request.agency_id, None, str(request.version))
    enqueue_email(work, case, EmailTrigger.REPORT_ACCEPTED, about)


def end_judging(work: UnitOfWork, case: Case) -> None:
    """Close the reviewer's turn once no report waits for judgement."""
    work.session.flush()
    waiting = [
        one
        for one in requests(work.session, case.id, Asked.REPORT)
        if one.answered is Answered.RECEIVED
    ]
    if not waiting:
        close_todos(work, case, Todo.JUDGE_REPORT)
