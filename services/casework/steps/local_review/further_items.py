"""An agency that was asked once is asked for more: by the manager, or by a reviewer (LC-11)."""

from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import AgencyChoice, Command, Day, LawfulBasis, LongText
from services.casework.effects import move_todo
from services.casework.joint.own_agencies import (
    has_reports_to_ask_for,
    must_be_open_to_reports,
)
from services.casework.steps.local_review.report_requests import ask_for_report, send_request
from services.casework.steps.local_review.reports_wanted import (
    ReportsRequested,
    must_be_a_period,
    newest_request,
)
from services.casework.steps.local_review.review_opening import must_be_its_reviewer
from services.casework.steps.scoping.national_days import must_leave_national_day
from services.casework.steps.scoping.reports_settled import agencies_asked
from services.database.agency_requests import AgencyRequest, get_request, requests
from services.database.cases import Case
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import UNREPORTED, Answered, Asked, WantedItem
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission, Role
from services.domain.todos import Todo
from services.domain.workflow import Stage


class AskForMore(Command):
    """What an agency is asked for besides what it was asked before, of the case or of policy.

    It goes out as a formal letter, as the first request did. Where the agency's report was
    accepted, its answer is open again; it sends only what it is asked for now.
    """

    agency: AgencyChoice = Field(title="Which agency is asked for more?")
    wanted: tuple[WantedItem, ...] = Field(title="What is it asked to send?", min_length=1)
    request: LongText = Field(
        title="What exactly is asked for?",
        description="About the case, policy or procedure (LC-11). It goes into the letter, with "
        "the key lines of enquiry.",
    )
    period_from: Day | None = Field(
        default=None,
        title="Events from",
        description="Only where another period is meant than the agency was asked about before.",
    )
    period_to: Day | None = Field(default=None, title="to")
    due: Day = Field(
        title="By when?",
        description="The day counts for all that it still owes, and may not be before the last "
        "day that it has now.",
    )
    lawful_basis: LawfulBasis


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
    kept = _kept(work, case, command)
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


def _kept(work: UnitOfWork, case: Case, said: AskForMore) -> ReportsRequested:
    """Return the request as every request is kept; of the period before, where none is said."""
    asked = all_of(work.session, case.id, EntryType.REPORTS_REQUESTED)
    before = newest_request(asked, said.agency)
    periods = (said.period_from, said.period_to)
    if not any(periods) and before is not None:
        periods = (before.period_from, before.period_to)
    must_be_a_period(*periods)
    return ReportsRequested(
        agencies=(said.agency,),
        period_from=periods[0],
        period_to=periods[1],
        wanted=said.wanted,
        request=said.request,
        due=said.due,
        lawful_basis=said.lawful_basis,
    )
