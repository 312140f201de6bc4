"""Gate G8: several agencies' reports are accepted or returned at once, each for its own reasons."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.steps.local_review.agency_report_judgement import report_to_judge
from services.casework.steps.local_review.judgement_followed import (
    end_judging,
    let_in,
    must_be_a_day_to_come,
    send_back,
)
from services.casework.steps.local_review.names_still_in import must_name_nobody_still
from services.casework.steps.local_review.reports_judgement_said import JudgeReports, ReportJudged
from services.casework.steps.local_review.reports_opened import must_have_opened
from services.casework.steps.reports_judged import subject_of
from services.database.agency_requests import AgencyRequest, requests
from services.database.cases import Case
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import REPORTED_AT, Answered, Asked, ReportJudgement
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, NotFound
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo

_FIELD: Final = "reports"


def judge_reports(work: UnitOfWork, case_id: CaseId, command: JudgeReports) -> Case:
    """Accept or return each of these reports; where one is refused, none of them is judged (G8).

    Each must have been opened by whoever judges it, in the version that the agency sent last.
    """
    case = begin(work, case_id, JUDGE_REPORTS, command)
    judged = _judged(command)
    names = agency_names(work.session)
    found: list[tuple[ReportJudged, AgencyRequest]] = []
    for one in judged:
        with _naming(names.get(one.agency, "An agency")):
            found.append((one, _may_be_judged(work, case, one)))
    accepted = [one.agency for one in judged if one.judgement is ReportJudgement.ACCEPTED]
    kept = command.model_copy(update={"reports": judged})
    entered = Entered(subject=subject_of(accepted), kept=kept)
    record_entry_as(work, case, JUDGE_REPORTS, command, entered)
    for one, request in found:
        if one.reasons is not None and one.by_when is not None:
            send_back(work, case, request, one.reasons, one.by_when)
        else:
            let_in(work, case, request)
    end_judging(work, case)
    return case


def waiting_to_be_judged(work: UnitOfWork, case: Case) -> JudgeReports | None:
    """Return a row for each report that waits, left for later until something is said of it."""
    waiting = [
        ReportJudged(agency=one.agency_id, judgement=ReportJudgement.LEFT)
        for one in requests(work.session, case.id, Asked.REPORT)
        if one.answered is Answered.RECEIVED
    ]
    return JudgeReports(reports=tuple(waiting)) if waiting else None


def do_several_wait(work: UnitOfWork, case: Case) -> bool:
    """Tell whether more than one report waits to be judged."""
    begun = waiting_to_be_judged(work, case)
    return begun is not None and len(begun.reports) > 1


JUDGE_REPORTS = Act(
    name="judge_reports",
    command=JudgeReports,
    perform=judge_reports,
    permission=Permission.JUDGE_REPORTS,
    doing="judge agency reports",
    stages=REPORTED_AT,
    entry=EntryType.REPORTS_JUDGED,
    while_open=Todo.JUDGE_REPORT,
    is_offered=do_several_wait,
    section=Section.AGENCY_REPORTS,
    holds_family_data=True,
)


def _judged(command: JudgeReports) -> tuple[ReportJudged, ...]:
    """Return the rows that judge something; refuse none at all, and one agency twice."""
    agencies = [one.agency for one in command.reports]
    if len(set(agencies)) < len(agencies):
        raise AnswerRefused(_FIELD, "Name each agency once.")
    for one in command.reports:
        _must_be_said_in_full(one)
    judged = tuple(one for one in command.reports if one.judgement is not ReportJudgement.LEFT)
    if not judged:
        raise AnswerRefused(_FIELD, "Accept or return at least one of them.")
    return judged


def _must_be_said_in_full(one: ReportJudged) -> None:
    """Refuse to return a report without reasons or day, and to say them of any other."""
    said = (one.reasons is not None, one.by_when is not None)
    if one.judgement is ReportJudgement.RETURNED:
        if not all(said):
            raise AnswerRefused(
                _FIELD, "Of a report that is returned, say what is missing and by when it comes."
            )
    elif any(said):
        raise AnswerRefused(
            _FIELD, "What is missing, and by when, is said only of a report that is returned."
        )


def _may_be_judged(work: UnitOfWork, case: Case, one: ReportJudged) -> AgencyRequest:
    """Return the request whose report is judged so; refuse what it may not be judged as."""
    request = report_to_judge(work, case, one.agency)
    must_have_opened(work, case, one.agency)
    if one.by_when is not None:
        must_be_a_day_to_come(work, case, request, one.by_when)
    else:
        must_name_nobody_still(work, case, one.agency)
    return request


@contextmanager
def _naming(agency: str) -> Iterator[None]:
    """Say of which agency's report it is what is refused."""
    try:
        yield
    except (AnswerRefused, NotFound) as refused:
        raise AnswerRefused(_FIELD, f"{agency}: {refused}") from refused
