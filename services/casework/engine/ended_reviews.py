"""What agencies were asked for by a local review that all partners have ended since (K11)."""

from services.casework.steps.local_review.report_requests import settle_reports
from services.casework.steps.scoping.owed_answers import has_ended
from services.database.assignments import open_of
from services.database.cases import cases_of, get_case
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.todos import Todo


def settle_what_ended(work: UnitOfWork) -> None:
    """Ask no agency for a report, and nobody to judge one, of a review that has ended."""
    open_ = open_of(work.session, Todo.SUBMIT_REPORT, Todo.JUDGE_REPORT)
    cases = cases_of(work.session, {one.case_id for one in open_})
    for case_id in sorted(one.id for one in cases.values() if has_ended(work, one)):
        settle_reports(work, get_case(work.session, CaseId(case_id), for_change=True))
