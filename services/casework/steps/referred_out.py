"""That a matter of conduct was left to an agency's own procedure: who and when, no detail (GOV-19).

A review learns, and holds nobody to account. What the matter is, whom it is about and what came of
it stand in the agency's own procedure, and nowhere here.
"""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import AgencyChoice, Command, Day
from services.database.cases import Case
from services.database.partnerships import agency_on
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage


class ReferOut(Command):
    """That something seen here was left to an agency's own procedure, outside the review (GOV-19).

    Reviews never hold individuals to account. Nothing of the matter is asked, and no paper of the
    review tells of it.
    """

    agency: AgencyChoice = Field(title="Whose own procedure is it left to?")
    told_on: Day = Field(title="When was the agency told?")


def refer_out(work: UnitOfWork, case_id: CaseId, command: ReferOut) -> Case:
    """Keep that the agency was told, and when; the entry is internal and is never shared."""
    case = begin(work, case_id, REFER_OUT, command)
    agency_on(work.session, case.id, command.agency)
    if command.told_on > work.today:
        raise AnswerRefused("told_on", "Record it once the agency was told.")
    record_entry(work, case, REFER_OUT, command)
    return case


REFER_OUT = Act(
    name="refer_out",
    command=ReferOut,
    perform=refer_out,
    permission=Permission.RUN_MEETING,
    doing="record that a matter was left to an agency's own procedure",
    stages=frozenset(
        {
            Stage.RAPID_REVIEW,
            Stage.WITH_PANEL,
            Stage.COMMISSIONING,
            Stage.LOCAL_REVIEW,
            Stage.PUBLICATION,
            Stage.EMBEDDING,
        }
    ),
    entry=EntryType.REFERRED_OUT,
    section=Section.INTERNAL,
)
