"""How the family is approached: discussed, agreed, and with one person who coordinates it."""

from typing import Final

from services.casework.act import Act, begin, record_entry
from services.casework.effects import order_document
from services.casework.steps.families.relatives import ApproachSaid
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage, Step

WHILE_REVIEWED: Final = frozenset(
    {Stage.COMMISSIONING, Stage.LOCAL_REVIEW, Stage.PUBLICATION, Stage.EMBEDDING}
    | {Stage.JOINT_REVIEW}
)


class AgreeFamilyApproach(ApproachSaid):
    """How the family is approached, and who coordinates it (FAM-05, FAM-07).

    All of it is said anew when something changes; what stood before stays in the timeline.
    """


def agree_family_approach(work: UnitOfWork, case_id: CaseId, command: AgreeFamilyApproach) -> Case:
    """Keep how the family is approached; the leaflet for it is made (FAM-05, FAM-08)."""
    case = begin(work, case_id, AGREE_FAMILY_APPROACH, command)
    if command.discussed_on > work.today:
        raise AnswerRefused("discussed_on", "Enter a day that is not in the future.")
    entry = record_entry(work, case, AGREE_FAMILY_APPROACH, command)
    order_document(work, entry, Step.COMMISSION, DocumentKind.FAMILY_LEAFLET)
    return case


def is_reviewed_locally(work: UnitOfWork, case: Case) -> bool:
    """Tell whether there is a local review; a rapid review involves no family."""
    opened = EntryType.REVIEW_OPENED_BY_LEAD
    return case.stage is not Stage.JOINT_REVIEW or bool(facts(work.session, case.id, opened))


AGREE_FAMILY_APPROACH = Act(
    name="agree_family_approach",
    command=AgreeFamilyApproach,
    perform=agree_family_approach,
    permission=Permission.INVOLVE_FAMILY,
    doing="agree how the family is approached",
    stages=WHILE_REVIEWED,
    entry=EntryType.FAMILY_APPROACH_AGREED,
    is_offered=is_reviewed_locally,
    section=Section.INTERNAL,
    holds_family_data=True,
)
