"""Agencies are asked for their reports to the review, and send them."""

from services.casework.act import Act, begin, record_entry
from services.casework.effects import (
    EmailContext,
    ask_reviewers,
    close_todos,
    enqueue_email,
    order_document,
)
from services.casework.joint.own_agencies import (
    has_reports_to_ask_for,
    must_be_open_to_reports,
)
from services.casework.steps.local_review.chronologies_sent import wanted_of
from services.casework.steps.local_review.report_requests import ask_for_report
from services.casework.steps.local_review.report_sent import (
    ReportSubmitted,
    SubmitReport,
    report_to_send,
)
from services.casework.steps.local_review.reports_wanted import (
    ReportsRequested,
    RequestReports,
    must_be_a_period,
    must_be_askable,
)
from services.casework.steps.scoping.reports_settled import agencies_asked, close_request
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import ACCOUNTS, REPORTED_AT, Answered
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


def request_reports(work: UnitOfWork, case_id: CaseId, command: RequestReports) -> Case:
    """Ask agencies formally for their reports, by letters that name the law (LC-29, INF-01)."""
    case = begin(work, case_id, REQUEST_REPORTS, command)
    must_be_open_to_reports(work, case)
    must_be_a_period(command.period_from, command.period_to)
    if command.due < work.today:
        raise AnswerRefused("due", "Enter a day from today on.")
    asked = agencies_asked(work, case)
    new = [agency for agency in dict.fromkeys(command.agencies) if agency not in asked]
    if not new:
        raise AnswerRefused(
            "agencies",
            "Choose at least one agency that was not asked before. One that was is asked for more "
            "on a page of its own.",
        )
    must_be_askable(work, case, command, asked)
    entry = record_entry(work, case, REQUEST_REPORTS, command)
    for agency_id in new:
        ask_for_report(work, case, entry, agency_id, command)
    close_todos(work, case, Todo.REQUEST_REPORTS)
    return case


REQUEST_REPORTS = Act(
    name="request_reports",
    command=RequestReports,
    kept=ReportsRequested,
    perform=request_reports,
    permission=Permission.RUN_REVIEW,
    doing="ask for agency reports",
    stages=frozenset({Stage.LOCAL_REVIEW, Stage.JOINT_REVIEW}),
    entry=EntryType.REPORTS_REQUESTED,
    todo=Todo.REQUEST_REPORTS,
    is_offered=has_reports_to_ask_for,
    clock=ClockId.K11,
    shows=(EntryType.TERMS_AGREED,),
    section=Section.AGENCY_REPORTS,
)


def submit_report(work: UnitOfWork, case_id: CaseId, command: SubmitReport) -> Case:
    """Keep the actor's own agency's report, as a new version (LC-33).

    Where neither a report nor a chronology is wanted, what it says is on record, and no paper is
    made of it: the method of the review asks for no agency reports (LC-32).
    """
    case = begin(work, case_id, SUBMIT_REPORT, command)
    request = report_to_send(work, case, command)
    agency_id = request.agency_id
    request.answered = Answered.RECEIVED
    request.answered_on = work.today
    request.version += 1
    work.session.add(request)
    entry = record_entry(work, case, SUBMIT_REPORT, command, subject=str(agency_id))
    close_request(work, case, request)
    ask_reviewers(work, case, Todo.JUDGE_REPORT)
    version = f"{agency_id}:{request.version}"
    wanted = wanted_of(work, case, agency_id)
    if not wanted or ACCOUNTS.intersection(wanted):
        order_document(work, entry, Step.COMMISSION, DocumentKind.AGENCY_REPORT, agency_id)
    enqueue_email(work, case, EmailTrigger.REPORT_RECEIVED, EmailContext(part=version))
    return case


SUBMIT_REPORT = Act(
    name="submit_report",
    command=SubmitReport,
    kept=ReportSubmitted,
    perform=submit_report,
    permission=Permission.ANSWER_AGENCY_REQUEST,
    doing="send an agency report",
    stages=REPORTED_AT,
    entry=EntryType.REPORT_SUBMITTED,
    todo=Todo.SUBMIT_REPORT,
    is_listed=False,
    section=Section.AGENCY_REPORTS,
    holds_family_data=True,
)
