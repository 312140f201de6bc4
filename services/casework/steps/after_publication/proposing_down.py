"""It is put to the partners that a published report is taken down (PUB-24, PUB-25).

Within its year a report is taken down by a decision of all partners. What is gone without one is
an outage, which the watch of its address tells of (K13).
"""

from services.casework.act import Act, begin, record_entry
from services.casework.steps.after_publication.conditions import must_be_anonymised
from services.casework.steps.after_publication.standing import may_be_taken_down
from services.casework.steps.anonymity.checks import order_check
from services.casework.steps.publication.after_said import ProposeTakingDown
from services.casework.steps.publication.objections import must_answer_objection
from services.casework.steps.rounds.sign_off_rounds import invite
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Stage, Step


def propose_taking_down(work: UnitOfWork, case_id: CaseId, command: ProposeTakingDown) -> Case:
    """Put it to the partners, with the improvements that are published in its place (PUB-25).

    They are checked as a report would be: nobody is recognised by them (PUB-16).
    """
    case = begin(work, case_id, PROPOSE_TAKING_DOWN, command)
    if not may_be_taken_down(work, case):
        raise StepNotOpen(
            "There is no published report within its year of which nothing else is put to the "
            "partners (PUB-29)."
        )
    must_be_anonymised(anonymised=command.anonymised)
    must_answer_objection(work, case, command.police_say)
    entry = record_entry(work, case, PROPOSE_TAKING_DOWN, command)
    order_check(work, entry, Step.PUBLISH)
    invite(work, case, SignOffMatter.TAKING_DOWN)
    return case


PROPOSE_TAKING_DOWN = Act(
    name="propose_taking_down",
    command=ProposeTakingDown,
    perform=propose_taking_down,
    permission=Permission.PLAN_PUBLICATION,
    doing="propose that the published report is taken down",
    stages=frozenset({Stage.EMBEDDING, Stage.CLOSED}),
    entry=EntryType.TAKING_DOWN_PROPOSED,
    is_offered=may_be_taken_down,
    shows=(EntryType.PUBLISHED, EntryType.REPORT_REISSUED),
    section=Section.PUBLICATION,
)
