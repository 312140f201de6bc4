"""The chronologies of the agencies of a review as one, in the order of what happened (LC-33)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import AgencyChoices, Command
from services.casework.effects import order_document
from services.casework.steps.local_review.chronologies_sent import merged
from services.database.cases import Case
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import REPORTED_AT
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Step


class MergeChronologies(Command):
    """The chronologies of the agencies as one paper, each event under the agency that told it."""

    agencies: AgencyChoices = Field(
        default=(),
        title="Of which agencies?",
        description="Select none for all that have sent a chronology.",
    )


def merge_chronologies(work: UnitOfWork, case_id: CaseId, command: MergeChronologies) -> Case:
    """Have one paper made of the chronologies as they stand now."""
    case = begin(work, case_id, MERGE_CHRONOLOGIES, command)
    sent = all_of(work.session, case.id, EntryType.CHRONOLOGY_SENT)
    if not merged(sent, command.agencies):
        raise AnswerRefused("agencies", "None of them has sent a chronology.")
    entry = record_entry(work, case, MERGE_CHRONOLOGIES, command)
    order_document(work, entry, Step.COMMISSION, DocumentKind.MERGED_CHRONOLOGY)
    return case


def has_chronologies(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the actor reads any chronology on the case."""
    return bool(all_of(work.session, case.id, EntryType.CHRONOLOGY_SENT))


MERGE_CHRONOLOGIES = Act(
    name="merge_chronologies",
    command=MergeChronologies,
    perform=merge_chronologies,
    permission=Permission.JUDGE_REPORTS,
    doing="put the chronologies together",
    stages=REPORTED_AT,
    entry=EntryType.CHRONOLOGIES_MERGED,
    is_offered=has_chronologies,
    section=Section.AGENCY_REPORTS,
)
