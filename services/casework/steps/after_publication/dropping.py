"""What was put to the partners of a published report is not pursued: it stays as it stands."""

from services.casework.act import Act, begin, record_entry
from services.casework.effects import (
    cancel_clock,
    close_todos,
    drop_text_before_reissue,
)
from services.casework.steps.after_publication.standing import is_waiting
from services.casework.steps.publication.after_said import DropPublishedProposal
from services.casework.steps.rounds.sign_off_rounds import ask_no_more
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage


def drop_published_proposal(
    work: UnitOfWork, case_id: CaseId, command: DropPublishedProposal
) -> Case:
    """Ask nobody any more to sign it, nor to do it; what was signed stays on record."""
    case = begin(work, case_id, DROP_PUBLISHED_PROPOSAL, command)
    if not is_waiting(work, case):
        raise StepNotOpen("Nothing of the published report is put to the partners now.")
    record_entry(work, case, DROP_PUBLISHED_PROPOSAL, command)
    ask_no_more(work, case, SignOffMatter.TAKING_DOWN)
    close_todos(work, case, Todo.TAKE_DOWN, Todo.REISSUE)
    drop_text_before_reissue(work, case)
    cancel_clock(work, case, ClockId.K12, because=ClockEnding.DAY_SET_ANEW)
    return case


DROP_PUBLISHED_PROPOSAL = Act(
    name="drop_published_proposal",
    command=DropPublishedProposal,
    perform=drop_published_proposal,
    permission=Permission.PLAN_PUBLICATION,
    doing="drop what was put to the partners of the published report",
    stages=frozenset({Stage.EMBEDDING, Stage.CLOSED}),
    entry=EntryType.PUBLISHED_PROPOSAL_DROPPED,
    is_offered=is_waiting,
    shows=(EntryType.TAKING_DOWN_PROPOSED, EntryType.REISSUE_PROPOSED),
    section=Section.PUBLICATION,
)
