"""What an agency sends to a local review, and whether it may be sent so (LC-33, LC-34)."""

from typing import Annotated, Final

from pydantic import Field

from services.casework.commands import Command, LongText, NeededWhen, ShortText, YesNo
from services.casework.steps.local_review.chronologies_sent import (
    must_have_sent_chronologies,
    wanted_of,
)
from services.casework.steps.local_review.practitioners_named import must_name_no_practitioner
from services.database.agency_requests import AgencyRequest, get_request
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Answered, Asked, WantedItem
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken

_IN_REPORT: Final = "an information report is asked for"
IN_REPORT: Final = NeededWhen(_IN_REPORT)


_CONTACT: Final = "Who is your agency's single point of contact for the review? (LC-30)"
_STAFF: Final = "How are practitioners released for the review, and staff supported? (LC-31)"


class ReportSaid(Command):
    """A report as it is kept; of one from before contact and staff were asked they are unknown."""

    analysis: Annotated[LongText | None, IN_REPORT] = Field(
        default=None, title="Analysis against the key lines of enquiry"
    )
    learning: Annotated[LongText | None, IN_REPORT] = Field(
        default=None, title="Learning and changes already made"
    )
    point_of_contact: ShortText | None = Field(default=None, title=_CONTACT)
    staff: LongText | None = Field(default=None, title=_STAFF)
    names_no_practitioner: YesNo = Field(
        title="Is the report free of practitioners' names? (LC-34)",
        description="Say the role and its responsibility instead.",
    )


class SubmitReport(ReportSaid):
    """One agency's report to the review (LC-33, LC-34)."""

    point_of_contact: ShortText = Field(
        title=_CONTACT,
        description="The safeguarding lead who coordinates it, by name, and how to reach them.",
    )
    staff: LongText = Field(
        title=_STAFF,
        description="By post, and no names: who may come, and what those who are affected have.",
    )


class ReportSubmitted(ReportSaid):
    """What is kept of it: a report from before chronologies came as rows holds one in words."""

    chronology: LongText | None = Field(default=None, title="Chronology of involvement")


def report_to_send(work: UnitOfWork, case: Case, said: SubmitReport) -> AgencyRequest:
    """Return the request that the report answers, locked; refuse a report that may not be sent."""
    if work.actor.agency_id is None:
        raise NotPermitted("Only a person who acts for an agency may send its report.")
    if not said.names_no_practitioner:
        raise AnswerRefused("names_no_practitioner", "Take practitioners' names out (LC-34).")
    request = get_request(work.session, case.id, Asked.REPORT, work.actor.agency_id)
    if request.answered is Answered.ACCEPTED:
        raise RuleBroken("Your agency's report has been accepted; it no longer changes.")
    must_have_sent_chronologies(work, case, request.agency_id)
    _must_be_whole(wanted_of(work, case, request.agency_id), said)
    texts = {name: getattr(said, name) for name in ("analysis", "learning", "staff")}
    must_name_no_practitioner(work, case, texts)
    return request


def _must_be_whole(wanted: tuple[WantedItem, ...], said: SubmitReport) -> None:
    """Refuse a report without what an information report says, where one is asked for.

    Every request was for one before it was said what is wanted.
    """
    if wanted and WantedItem.INFORMATION_REPORT not in wanted:
        return
    for field in ("analysis", "learning"):
        if getattr(said, field) is None:
            raise AnswerRefused(field, f"Enter this: {_IN_REPORT}.")
