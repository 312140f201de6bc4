"""Gate G8: agencies are asked for reports, which are returned for more or accepted."""

from datetime import date
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import AgencyChoice, AgencyChoices, Command, Day, LongText, YesNo
from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    open_todo,
    order_document,
)
from services.casework.steps.review_opening import must_be_its_reviewer
from services.database.agency_requests import AgencyRequest, get_request, requests
from services.database.cases import Case
from services.database.partnerships import get_agency
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Answered, Asked
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken
from services.domain.identifiers import AgencyId, CaseId
from services.domain.roles import Permission, Role
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


class ReturnReport(Command):
    """Why an agency's report is sent back (LC-26)."""

    agency: AgencyChoice = Field(title="Which agency's report is returned?")
    reasons: LongText = Field(title="What is missing or to be changed?")


class AcceptReport(Command):
    """That an agency's report is good enough for the review (G8)."""

    agency: AgencyChoice = Field(title="Which agency's report is accepted?")
    sufficient: YesNo = Field(title="Is the analysis sufficient, and free of names?")


def request_reports(work: UnitOfWork, case_id: CaseId, command: RequestReports) -> Case:
    """Ask agencies formally for their reports (LC-29)."""
    case = begin(work, case_id, REQUEST_REPORTS, command)
    if command.due < work.today:
        raise AnswerRefused("due", "Enter a day from today on.")
    asked = {one.agency_id for one in requests(work.session, case.id, Asked.REPORT)}
    new = [agency for agency in dict.fromkeys(command.agencies) if agency not in asked]
    if not new:
        raise AnswerRefused("agencies", "Choose at least one agency that was not asked before.")
    record_entry(work, case, REQUEST_REPORTS, command)
    for agency_id in new:
        _request(work, case, agency_id, command)
    close_todos(work, case, Todo.REQUEST_REPORTS)
    return case


REQUEST_REPORTS = Act(
    name="request_reports",
    command=RequestReports,
    perform=request_reports,
    permission=Permission.RUN_REVIEW,
    doing="ask for agency reports",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.REPORTS_REQUESTED,
    todo=Todo.REQUEST_REPORTS,
    clock=ClockId.K11,
    shows=(EntryType.TERMS_AGREED,),
    section=Section.AGENCY_REPORTS,
)


def _request(work: UnitOfWork, case: Case, agency_id: UUID, command: RequestReports) -> None:
    get_agency(work.session, AgencyId(agency_id))
    work.session.add(
        AgencyRequest(
            tenant_id=case.tenant_id,
            case_id=case.id,
            agency_id=agency_id,
            asked=Asked.REPORT,
            answered=Answered.ASKED,
            sent_on=work.today,
            due=command.due,
        )
    )
    open_todo(work, case, Todo.SUBMIT_REPORT, last_day=command.due, subject=str(agency_id))
    enqueue_email(work, case, EmailTrigger.REPORT_REQUESTED, _about(agency_id, command.due, "1"))


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
    close_todos(work, case, Todo.SUBMIT_REPORT, subject=str(agency_id))
    open_todo(work, case, Todo.JUDGE_REPORT)
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
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.REPORT_SUBMITTED,
    todo=Todo.SUBMIT_REPORT,
    is_listed=False,
    section=Section.AGENCY_REPORTS,
    holds_family_data=True,
)


def return_report(work: UnitOfWork, case_id: CaseId, command: ReturnReport) -> Case:
    """Send a report back for more, with the reasons; the earlier version is kept (LC-26)."""
    case = begin(work, case_id, RETURN_REPORT, command)
    request = _received(work, case, command.agency)
    request.answered = Answered.SENT_BACK
    request.reasons = command.reasons
    work.session.add(request)
    record_entry(work, case, RETURN_REPORT, command, subject=str(command.agency))
    open_todo(work, case, Todo.SUBMIT_REPORT, last_day=request.due, subject=str(command.agency))
    enqueue_email(
        work,
        case,
        EmailTrigger.REPORT_RETURNED,
        _about(command.agency, request.due, str(request.version)),
    )
    _judged(work, case)
    return case


RETURN_REPORT = Act(
    name="return_report",
    command=ReturnReport,
    perform=return_report,
    permission=Permission.JUDGE_REPORTS,
    doing="judge agency reports",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.REPORT_RETURNED,
    shows=(EntryType.REPORT_SUBMITTED,),
    section=Section.AGENCY_REPORTS,
    holds_family_data=True,
)


def accept_report(work: UnitOfWork, case_id: CaseId, command: AcceptReport) -> Case:
    """Accept a report into the review (G8)."""
    case = begin(work, case_id, ACCEPT_REPORT, command)
    request = _received(work, case, command.agency)
    if not command.sufficient:
        raise AnswerRefused("sufficient", "Return the report for more instead (LC-26).")
    request.answered = Answered.ACCEPTED
    work.session.add(request)
    record_entry(work, case, ACCEPT_REPORT, command, subject=str(command.agency))
    enqueue_email(
        work, case, EmailTrigger.REPORT_ACCEPTED, _about(command.agency, None, str(request.version))
    )
    _judged(work, case)
    return case


ACCEPT_REPORT = Act(
    name="accept_report",
    command=AcceptReport,
    perform=accept_report,
    permission=Permission.JUDGE_REPORTS,
    doing="judge agency reports",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.REPORT_ACCEPTED,
    todo=Todo.JUDGE_REPORT,
    shows=(EntryType.REPORT_SUBMITTED,),
    section=Section.AGENCY_REPORTS,
)


def _received(work: UnitOfWork, case: Case, agency_id: UUID) -> AgencyRequest:
    if work.actor.role is Role.LEAD_REVIEWER:
        must_be_its_reviewer(work, case)
    request = get_request(work.session, case.id, Asked.REPORT, agency_id)
    if request.answered is not Answered.RECEIVED:
        raise AnswerRefused("agency", "That agency has no report waiting to be judged.")
    return request


def _judged(work: UnitOfWork, case: Case) -> None:
    """Close the reviewer's turn once no report waits for judgement."""
    work.session.flush()
    waiting = [
        one
        for one in requests(work.session, case.id, Asked.REPORT)
        if one.answered is Answered.RECEIVED
    ]
    if not waiting:
        close_todos(work, case, Todo.JUDGE_REPORT)


def _about(agency_id: UUID, due: date | None, version: str) -> EmailContext:
    return EmailContext(
        matter=EmailMatter.AGENCY_REPORT,
        due=due,
        todo=Todo.SUBMIT_REPORT,
        agency_id=agency_id,
        part=f"{agency_id}:{version}",
    )
