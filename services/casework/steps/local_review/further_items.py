"""An agency that was asked once is asked for more: by the manager, or by a reviewer (LC-11)."""

from uuid import UUID

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.effects import move_todo
from services.casework.joint.own_agencies import (
    has_reports_to_ask_for,
    must_be_open_to_reports,
)
from services.casework.steps.local_review.further_said import AskForMore, request_kept
from services.casework.steps.local_review.report_requests import ask_for_report, send_request
from services.casework.steps.local_review.reports_wanted import ReportsRequested
from services.casework.steps.local_review.review_opening import must_be_its_reviewer
from services.casework.steps.scoping.national_days import must_leave_national_day
from services.casework.steps.scoping.reports_settled import agencies_asked
from services.database.agency_requests import AgencyRequest, get_request, requests
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import UNREPORTED, Answered, Asked
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission, Role
from services.domain.todos import Todo
from services.domain.workflow import Stage


def ask_for_more(work: UnitOfWork, case_id: CaseId, command: AskForMore) -> Case:
    """Ask the agency for the further items by a letter that names the law (LC-11, INF-01)."""
    case = begin(work, case_id, ASK_FOR_MORE, command)
    if work.actor.role is Role.LEAD_REVIEWER:
        must_be_its_reviewer(work, case)
    must_be_open_to_reports(work, case)
    request = _may_be_asked(work, case, command.agency)
    if command.due < work.today:
        raise AnswerRefused("due", "Enter a day from today on.")
    must_leave_national_day(work, case, request, command.due, "due")
    kept = request_kept(work, case, command)
    is_owed = request.answered in UNREPORTED
    if is_owed:
        _must_be_in_time(work, request, command)
        request.due = command.due
        work.session.add(request)
        move_todo(work, case, Todo.SUBMIT_REPORT, command.due, subject=str(command.agency))
    entry = record_entry_as(work, case, ASK_FOR_MORE, command, Entered(kept=kept))
    (send_request if is_owed else ask_for_report)(work, case, entry, command.agency, kept)
    return case


def to_be_asked_more(work: UnitOfWork, case: Case) -> frozenset[UUID]:
    """Return the agencies that may be asked for more: asked before, and not waiting for us."""
    asked = agencies_asked(work, case)
    judged = {
        one.agency_id
        for one in requests(work.session, case.id, Asked.REPORT)
        if one.answered is Answered.RECEIVED
    }
    return frozenset(asked - judged)


def may_ask_for_more(work: UnitOfWork, case: Case) -> bool:
    """Tell whether any agency can be asked for a further item."""
    return has_reports_to_ask_for(work, case) and bool(to_be_asked_more(work, case))


ASK_FOR_MORE = Act(
    name="ask_for_more",
    command=AskForMore,
    which="agency",
    kept=ReportsRequested,
    perform=ask_for_more,
    permission=Permission.PURSUE_ANSWERS,
    doing="ask an agency for more",
    stages=frozenset({Stage.LOCAL_REVIEW, Stage.JOINT_REVIEW}),
    entry=EntryType.REPORTS_REQUESTED,
    is_offered=may_ask_for_more,
    shows=(EntryType.TERMS_AGREED,),
    section=Section.AGENCY_REPORTS,
)


def _may_be_asked(work: UnitOfWork, case: Case, agency_id: UUID) -> AgencyRequest:
    """Return the request of the agency, locked; what waits to be judged is judged first."""
    request = get_request(work.session, case.id, Asked.REPORT, agency_id)
    if agency_id not in agencies_asked(work, case):
        raise AnswerRefused("agency", "It was asked for a review that ended: ask it anew.")
    if request.answered is Answered.RECEIVED:
        raise AnswerRefused(
            "agency", "Its report waits to be judged: accept it, or return it for what is missing."
        )
    return request


def _must_be_in_time(work: UnitOfWork, request: AgencyRequest, said: AskForMore) -> None:
    """Refuse to pass over silence by asking for more: it is given more time, or taken further."""
    if request.rung is not None or request.due < work.today:
        raise AnswerRefused(
            "agency",
            "It is late with what it was asked for before. Give it more time for that, or take "
            "its silence further, first.",
        )
    if said.due < request.due:
        raise AnswerRefused("due", "Enter the last day that it has now, or a later one.")
