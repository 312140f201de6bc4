"""What an agency is asked for besides what it was asked before, and how it is kept (LC-11)."""

from pydantic import Field

from services.casework.commands import AgencyChoice, Command, Day, LawfulBasis, LongText
from services.casework.steps.local_review.reports_wanted import (
    ReportsRequested,
    must_be_a_period,
    newest_request,
)
from services.casework.steps.other_reviews.held_back import Heeded, must_heed_asking
from services.database.cases import Case
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import WantedItem
from services.domain.entry_types import EntryType


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
    heeded: Heeded = None


def request_kept(work: UnitOfWork, case: Case, said: AskForMore) -> ReportsRequested:
    """Return the request as every request is kept; of the period before, where none is said.

    What another process holds back of asking is heeded here too (LC-17).
    """
    must_heed_asking(work, case, said.heeded)
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
        heeded=said.heeded,
    )
