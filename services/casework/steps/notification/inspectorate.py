"""An agency attests that it told its own inspectorate or regulator of the incident (NOT-18)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, Day, LongText, ShortText
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import BEFORE_REFERRAL, Stage


class AttestInspectorate(Command):
    """What your agency told its own inspectorate or regulator, as it is required to (NOT-18).

    That is your agency's own duty: Keyline sends nothing there. Each body is recorded on its own.
    """

    body: ShortText = Field(
        title="Which body was told?", description="For example the CQC, HMICFRS or Ofsted."
    )
    told_on: Day = Field(title="When was it told?")
    reference: ShortText = Field(
        title="Under which reference?",
        description="The one that the body gave, or that of your own notice to it.",
    )
    told: LongText = Field(title="What was it told, and by which post of your agency?")


def attest_inspectorate(work: UnitOfWork, case_id: CaseId, command: AttestInspectorate) -> Case:
    """Keep which body an agency told, when and under which reference; of its own agency alone."""
    case = begin(work, case_id, ATTEST_INSPECTORATE, command)
    if command.told_on > work.today:
        raise AnswerRefused("told_on", "It cannot have been told in the future.")
    if case.incident_on is not None and command.told_on < case.incident_on:
        raise AnswerRefused("told_on", "It cannot have been told before the incident.")
    record_entry(work, case, ATTEST_INSPECTORATE, command, subject=str(work.actor.agency_id))
    return case


ATTEST_INSPECTORATE = Act(
    name="attest_inspectorate",
    command=AttestInspectorate,
    perform=attest_inspectorate,
    permission=Permission.ANSWER_AGENCY_REQUEST,
    doing="record that your agency told its inspectorate",
    stages=frozenset(Stage) - {Stage.INVITED, *BEFORE_REFERRAL},
    entry=EntryType.INSPECTORATE_TOLD,
    section=Section.INTERNAL,
)
