"""What is said of several agencies' reports at once: which goes in, which goes back, and why."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import AgencyChoice, Command, Day, LongText, NeededWhen, Rows
from services.domain.agency_requests import ReportJudgement


class ReportJudged(Command):
    """One report: whether its analysis is sufficient, or what is missing and by when it comes."""

    agency: AgencyChoice = Field(title="Which agency's report?")
    judgement: ReportJudgement = Field(title="Is it accepted?")
    reasons: Annotated[LongText | None, NeededWhen("if it is returned")] = Field(
        default=None, title="What is missing or to be changed?"
    )
    by_when: Annotated[Day | None, NeededWhen("if it is returned")] = Field(
        default=None, title="By when is it to come again?"
    )


class JudgeReports(Command):
    """Several agencies' reports, each accepted or returned for its own reasons (G8, LC-26).

    Open each of them first; one that you have not opened here is not judged. Where one of them is
    refused, none is judged: put it right, or leave that one for later.
    """

    reports: Annotated[tuple[ReportJudged, ...], Rows(2, "report")] = Field(
        title="Which reports, and what becomes of each?",
        description="That none names a practitioner whom the partnership knows is looked up.",
        min_length=1,
    )
