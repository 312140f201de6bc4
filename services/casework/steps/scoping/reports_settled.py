"""The reports of agencies that nobody waits for any more: settled, or their review ended (K11)."""

from typing import Final
from uuid import UUID

from services.casework.effects import close_todos
from services.casework.steps.scoping.ladder import end_ladder
from services.database.agency_requests import AgencyRequest, requests
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import SETTLED_REPORTS, Answered, Asked
from services.domain.todos import Todo

REVIEW_ENDED: Final = "All safeguarding partners ended the local review."


def agencies_asked(work: UnitOfWork, case: Case) -> set[UUID]:
    """Return the agencies that are asked for a report to the review which runs now."""
    return {
        one.agency_id
        for one in requests(work.session, case.id, Asked.REPORT)
        if one.reasons != REVIEW_ENDED
    }


def close_request(work: UnitOfWork, case: Case, request: AgencyRequest) -> None:
    """Ask the agency for its report no longer, nor for steps about its silence (INF-06)."""
    close_todos(work, case, Todo.SUBMIT_REPORT, subject=str(request.agency_id))
    end_ladder(work, case, request)


def settle_reports(work: UnitOfWork, case: Case) -> None:
    """Wait for no report, and judge none, once all partners ended the review that it was for (K11).

    What is settled so is asked for anew if they decide on another one.
    """
    for request in requests(work.session, case.id, Asked.REPORT):
        if request.answered not in SETTLED_REPORTS:
            request.answered, request.answered_on = Answered.EXCUSED, work.today
            request.reasons = REVIEW_ENDED
            close_request(work, case, request)
    close_todos(work, case, Todo.JUDGE_REPORT)
