"""Whether every agency's report is in, before the report on them is written (G8)."""

from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import SETTLED_REPORTS, Asked
from services.domain.errors import RuleBroken
from services.domain.labels.own_words import in_own_words


def must_have_all_reports(work: UnitOfWork, case: Case) -> None:
    """Refuse a draft before agencies were asked, and while the report of one is waited for (G8)."""
    asked = requests(work.session, case.id, Asked.REPORT)
    if not asked:
        raise RuleBroken("Ask the agencies for their reports first (LC-29).")
    if any(one.answered not in SETTLED_REPORTS for one in asked):
        raise RuleBroken(
            in_own_words(
                "An agency's report is still waited for (G8): accept it, return it for more, or "
                "have the business manager record why it will not come."
            )
        )
