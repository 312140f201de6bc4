"""Agencies are asked for their reports to the review, and send them."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import (
    AgencyChoices,
    Command,
    Day,
    LawfulBasis,
    LongText,
    YesNo,
)
from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    order_document,
)
from services.casework.joint.own_agencies import (
    has_reports_to_ask_for,
    must_be_open_to_reports,
)
from services.casework.steps.local_review.report_requests import (
    ask_for_report,
    have_judged,
)
from services.casework.steps.scoping.reports_settled import REVIEW_ENDED, close_request
from services.database.agency_requests import get_request, requests
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import REPORTED_AT, Answered, Asked
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


class RequestReports(Command):
    """Which agencies report to the review, on what, by when (LC-29, LC-33)."""

    agencies: AgencyChoices = Field(title="Which agencies are asked for a report?")
    due: Day = Field(title="By when?")
    request: LongText = Field(
        title="What is asked for?",
        description="The period, the chronology, the analysis against the key lines of enquiry.",
    )
    lawful_basis: LawfulBasis


class SubmitReport(Command):
    """One agency's report to the review (LC-33, LC-34)."""

    chronology: LongText = Field(
        title="Chronology of involvement", description="Roles, never practitioners' names."
    )
    analysis: LongText = Field(title="Analysis against the key lines of enquiry")
    learning: LongText = Field(title="Learning and changes already made")
    names_no_practitioner: YesNo = Field(
        title="Is the report free of practitioners' names? (LC-34)",
        description="Say the role and its responsibility instead.",
    )


def request_reports(work: UnitOfWork, case_id: CaseId, command: RequestReports) -> Case:
    """Ask agencies formally for their reports, by letters that name the law (LC-29, INF-01)."""
    case = begin(work, case_id, REQUEST_REPORTS, command)
    must_be_open_to_reports(work, case)
    if command.due < work.today:
        raise AnswerRefused("due", "Enter a day from today on.")
    asked = {
        one.agency_id
        for one in requests(work.session, case.id, Asked.REPORT)
        if one.reasons != REVIEW_ENDED
    }
    new = [agency for agency in dict.fromkeys(command.agencies) if agency not in asked]
    if not new:
        raise AnswerRefused("agencies", "Choose at least one agency that was not asked before.")
    entry = record_entry(work, case, REQUEST_REPORTS, command)
    for agency_id in new:
        ask_for_report(work, case, entry, agency_id, command.due)
    close_todos(work, case, Todo.REQUEST_REPORTS)
    return case


REQUEST_REPORTS = Act(
    name="request_reports",
    command=RequestReports,
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
    """Keep the actor's own agency's report, as a new version (LC-33)."""
    case = begin(work, case_id, SUBMIT_REPORT, command)
    if work.actor.agency_id is None:
        raise NotPermitted("Only a person who acts for an agency may send its report.")
    if not command.names_no_practitioner:
        raise AnswerRefused("names_no_practitioner", "Take practitioners' names out (LC-34).")
    agency_id = work.actor.agency_id
    request = get_request(work.session, case.id, Asked.REPORT, agency_id)
    if request.answered is Answered.ACCEPTED:
        raise RuleBroken("Your agency's report has been accepted; it no longer changes.")
    request.answered = Answered.RECEIVED
    request.answered_on = work.today
    request.version += 1
    work.session.add(request)
    entry = record_entry(work, case, SUBMIT_REPORT, command, subject=str(agency_id))
    close_request(work, case, request)
    have_judged(work, case)
    version = f"{agency_id}:{request.version}"
    order_document(work, entry, Step.COMMISSION, DocumentKind.AGENCY_REPORT, agency_id)
    enqueue_email(work, case, EmailTrigger.REPORT_RECEIVED, EmailContext(part=version))
    return case


SUBMIT_REPORT = Act(
    name="submit_report",
    command=SubmitReport,
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
