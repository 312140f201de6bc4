"""What an agency sends to a local review, and whether it may be sent so (LC-33, LC-34)."""

from pydantic import Field

from services.casework.commands import Command, LongText, ShortText, YesNo
from services.database.agency_requests import AgencyRequest, get_request
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Answered, Asked
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken


class SubmitReport(Command):
    """One agency's report to the review (LC-33, LC-34)."""

    chronology: LongText = Field(
        title="Chronology of involvement", description="Roles, never practitioners' names."
    )
    analysis: LongText = Field(title="Analysis against the key lines of enquiry")
    learning: LongText = Field(title="Learning and changes already made")
    point_of_contact: ShortText = Field(
        title="Who is your agency's single point of contact for the review? (LC-30)",
        description="The safeguarding lead who coordinates it, by name, and how to reach them.",
    )
    staff: LongText = Field(
        title="How are practitioners released for the review, and staff supported? (LC-31)",
        description="By post, and no names: who may come, and what those who are affected have.",
    )
    names_no_practitioner: YesNo = Field(
        title="Is the report free of practitioners' names? (LC-34)",
        description="Say the role and its responsibility instead.",
    )


def report_to_send(work: UnitOfWork, case: Case, said: SubmitReport) -> AgencyRequest:
    """Return the request that the report answers, locked; refuse a report that may not be sent."""
    if work.actor.agency_id is None:
        raise NotPermitted("Only a person who acts for an agency may send its report.")
    if not said.names_no_practitioner:
        raise AnswerRefused("names_no_practitioner", "Take practitioners' names out (LC-34).")
    request = get_request(work.session, case.id, Asked.REPORT, work.actor.agency_id)
    if request.answered is Answered.ACCEPTED:
        raise RuleBroken("Your agency's report has been accepted; it no longer changes.")
    return request
