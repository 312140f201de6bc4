"""The review team asks an agency to a meeting, instead of for its report once more (LC-35)."""

from datetime import timedelta
from typing import Final

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import AgencyChoice, Command, LongText, Moment, ShortText
from services.casework.effects import EmailContext, enqueue_email
from services.casework.steps.local_review.agency_report_judgement import report_to_judge
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import REPORTED_AT
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.invitations import Invitation
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.working_days import london_date

_FARTHEST: Final = timedelta(days=366)


class InviteAgency(Command):
    """Which agency is invited to a meeting about its report, and what is to be made clear (LC-35).

    Its report still waits to be judged: it is accepted or returned after the meeting.
    """

    agency: AgencyChoice = Field(title="Which agency is invited?")
    meeting_at: Moment = Field(title="When is the meeting?")
    where: ShortText = Field(title="Where is it held?", description="A place, or how to join it.")
    reasons: LongText = Field(
        title="What is to be made clearer?",
        description="About the agency's role with the child or the family. The agency reads it.",
    )


def invite_agency(work: UnitOfWork, case_id: CaseId, command: InviteAgency) -> Case:
    """Invite the agency, by an email with the meeting for its calendar; its report waits.

    Raises AnswerRefused for a time that is past, or further away than a review takes.
    """
    case = begin(work, case_id, INVITE_AGENCY, command)
    request = report_to_judge(work, case, command.agency)
    if command.meeting_at <= work.now:
        raise AnswerRefused("meeting_at", "Enter a time that is still to come.")
    if command.meeting_at > work.now + _FARTHEST:
        raise AnswerRefused("meeting_at", "Enter a day within a year: check the year.")
    entry = record_entry(work, case, INVITE_AGENCY, command, subject=str(request.agency_id))
    about = EmailContext(
        matter=EmailMatter.AGENCY_REPORT,
        due=london_date(command.meeting_at),
        agency_id=request.agency_id,
        part=f"{request.agency_id}:{entry.number}",
        invitation=Invitation(entry.number, entry.number),
    )
    enqueue_email(work, case, EmailTrigger.REPORT_MEETING_CALLED, about)
    return case


INVITE_AGENCY = Act(
    name="invite_agency",
    command=InviteAgency,
    which="agency",
    perform=invite_agency,
    permission=Permission.JUDGE_REPORTS,
    doing="invite an agency to a meeting about its report",
    stages=REPORTED_AT,
    entry=EntryType.REPORT_MEETING_CALLED,
    while_open=Todo.JUDGE_REPORT,
    shows=(EntryType.REPORT_SUBMITTED,),
    section=Section.AGENCY_REPORTS,
    holds_family_data=True,
)
