"""Gate G8: agencies' reports are returned for more, accepted, or no longer expected."""

from uuid import UUID

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import AgencyChoice, Command, Day, LongText, YesNo
from services.casework.steps.local_review.judgement_followed import (
    end_judging,
    let_in,
    must_be_a_day_to_come,
    send_back,
)
from services.casework.steps.local_review.names_still_in import must_name_nobody_still
from services.casework.steps.local_review.review_opening import must_be_its_reviewer
from services.casework.steps.scoping.reports_settled import close_request
from services.database.agency_requests import AgencyRequest, get_request
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import REPORTED_AT, UNREPORTED, Answered, Asked
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission, Role
from services.domain.todos import Todo


class ReturnReport(Command):
    """Why an agency's report is sent back (LC-26)."""

    agency: AgencyChoice = Field(title="Which agency's report is returned?")
    reasons: LongText = Field(title="What is missing or to be changed?")
    by_when: Day = Field(
        title="By when is it to come again?",
        description="If it does not, you are asked on the day after this one what is done next.",
    )


class AcceptReport(Command):
    """That an agency's report is good enough for the review (G8)."""

    agency: AgencyChoice = Field(title="Which agency's report is accepted?")
    sufficient: YesNo = Field(
        title="Is the analysis sufficient?",
        description="That it names no practitioner whom the partnership knows is looked up.",
    )


class ExcuseReport(Command):
    """Why an agency's report is no longer waited for; it stays asked for on record (G8)."""

    agency: AgencyChoice = Field(title="Which agency will not send a report?")
    reasons: LongText = Field(
        title="Why not, and what was done to obtain it?",
        description="The report of the review must explain it.",
    )


def return_report(work: UnitOfWork, case_id: CaseId, command: ReturnReport) -> Case:
    """Send a report back for more, with the reasons; the earlier version is kept (LC-26).

    It is to come again by the day that is said with it: until then the agency is not silent.
    """
    case = begin(work, case_id, RETURN_REPORT, command)
    request = report_to_judge(work, case, command.agency)
    must_be_a_day_to_come(work, case, request, command.by_when)
    record_entry(work, case, RETURN_REPORT, command, subject=str(command.agency))
    send_back(work, case, request, command.reasons, command.by_when)
    end_judging(work, case)
    return case


RETURN_REPORT = Act(
    name="return_report",
    command=ReturnReport,
    which="agency",
    perform=return_report,
    permission=Permission.JUDGE_REPORTS,
    doing="judge agency reports",
    stages=REPORTED_AT,
    entry=EntryType.REPORT_RETURNED,
    while_open=Todo.JUDGE_REPORT,
    shows=(EntryType.REPORT_SUBMITTED,),
    section=Section.AGENCY_REPORTS,
    holds_family_data=True,
)


def accept_report(work: UnitOfWork, case_id: CaseId, command: AcceptReport) -> Case:
    """Accept a report that is sufficient, and names no practitioner, into the review (G8)."""
    case = begin(work, case_id, ACCEPT_REPORT, command)
    request = report_to_judge(work, case, command.agency)
    if not command.sufficient:
        raise AnswerRefused("sufficient", "Return the report for more instead (LC-26).")
    must_name_nobody_still(work, case, command.agency)
    record_entry(work, case, ACCEPT_REPORT, command, subject=str(command.agency))
    let_in(work, case, request)
    end_judging(work, case)
    return case


ACCEPT_REPORT = Act(
    name="accept_report",
    command=AcceptReport,
    which="agency",
    perform=accept_report,
    permission=Permission.JUDGE_REPORTS,
    doing="judge agency reports",
    stages=REPORTED_AT,
    entry=EntryType.REPORT_ACCEPTED,
    todo=Todo.JUDGE_REPORT,
    while_open=Todo.JUDGE_REPORT,
    shows=(EntryType.REPORT_SUBMITTED,),
    section=Section.AGENCY_REPORTS,
)


def excuse_report(work: UnitOfWork, case_id: CaseId, command: ExcuseReport) -> Case:
    """Wait for an agency's report no longer; one that comes after all is still heard (G8)."""
    case = begin(work, case_id, EXCUSE_REPORT, command)
    request = get_request(work.session, case.id, Asked.REPORT, command.agency)
    if request.answered not in UNREPORTED:
        raise AnswerRefused("agency", "That agency's report is here: accept it, or return it.")
    request.answered, request.answered_on = Answered.EXCUSED, work.today
    request.reasons = command.reasons
    work.session.add(request)
    record_entry(work, case, EXCUSE_REPORT, command, subject=str(command.agency))
    close_request(work, case, request)
    return case


EXCUSE_REPORT = Act(
    name="excuse_report",
    command=ExcuseReport,
    which="agency",
    perform=excuse_report,
    permission=Permission.RUN_REVIEW,
    doing="excuse an agency's report",
    stages=REPORTED_AT,
    entry=EntryType.REPORT_EXCUSED,
    while_open=Todo.SUBMIT_REPORT,
    section=Section.AGENCY_REPORTS,
)


def report_to_judge(work: UnitOfWork, case: Case, agency_id: UUID) -> AgencyRequest:
    """Return the request whose report waits to be judged, by its reviewer or the chair."""
    if work.actor.role is Role.LEAD_REVIEWER:
        must_be_its_reviewer(work, case)
    request = get_request(work.session, case.id, Asked.REPORT, agency_id)
    if request.answered is not Answered.RECEIVED:
        raise AnswerRefused("agency", "That agency has no report waiting to be judged.")
    return request
