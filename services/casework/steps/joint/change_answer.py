"""A proposed change of a joint review is answered: agreed to, or not (RR-28, RR-29)."""

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, LongText, ProposalChoice
from services.casework.effects import close_todos, place_order
from services.casework.joint.membership import is_lead, joint_review_of
from services.casework.joint.orders import DeliverChangeAnswer
from services.casework.joint.proposals import named_proposal, waiting_proposals
from services.casework.steps.joint.change_proposal import OPEN_AT
from services.casework.steps.joint.lead_conditions import must_be_possible, must_be_shown
from services.casework.steps.joint.settlement import agreed_with_us, settle
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.joint_changes import ChangeAnswer, JointChange
from services.domain.joint_reviews import JointPart
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Step


class AnswerChange(Command):
    """The other side agrees to a proposed change of the joint review, or does not."""

    proposal: ProposalChoice = Field(title="Which proposal?")
    answer: ChangeAnswer = Field(title="What do you answer?")
    reasons: LongText = Field(title="Why?")


class ChangeAnswerKept(Command):
    """What is kept of an answer: the proposal in words, since its id tells a reader nothing."""

    proposed_by: str = Field(title="Who proposed it?")
    change: JointChange = Field(title="What was to change?")
    part: JointPart | None = Field(default=None, title="Which part?")
    answer: ChangeAnswer = Field(title="What was answered?")
    reasons: str = Field(title="Why?")


def answer_change(work: UnitOfWork, case_id: CaseId, command: AnswerChange) -> Case:
    """Agree or not; what both sides agree on is carried out by the lead's own unit of work."""
    case = begin(work, case_id, ANSWER_CHANGE, command)
    asked = named_proposal(waiting_proposals(work, case), command.proposal)
    if command.answer is ChangeAnswer.AGREED:
        must_be_possible(work, case, asked.change, asked.member_id, asked.partnership_id)
        must_be_shown(work, case, asked.change, asked.partnership_id)
    kept = ChangeAnswerKept(
        proposed_by=asked.person,
        change=asked.change,
        part=asked.part,
        answer=command.answer,
        reasons=command.reasons,
    )
    entered = Entered(subject=str(asked.id), kept=kept)
    entry = record_entry_as(work, case, ANSWER_CHANGE, command, entered)
    if not waiting_proposals(work, case):
        close_todos(work, case, Todo.ANSWER_CHANGE)
    order = DeliverChangeAnswer(
        entry_id=entry.id,
        joint_review_id=joint_review_of(work, case),
        partnership_id=asked.partnership_id,
    )
    place_order(work, case_id, Step.NOTIFY, order)
    if command.answer is ChangeAnswer.AGREED and is_lead(work, case):
        settle(work, case, agreed_with_us(asked))
    return case


ANSWER_CHANGE = Act(
    name="answer_change",
    command=AnswerChange,
    which="proposal",
    perform=answer_change,
    permission=Permission.CHANGE_JOINT_REVIEW,
    doing="answer a proposed change of the joint review",
    stages=OPEN_AT,
    entry=EntryType.CHANGE_ANSWERED,
    kept=ChangeAnswerKept,
    todo=Todo.ANSWER_CHANGE,
    shows=(EntryType.CHANGE_RECEIVED,),
    is_listed=False,
    section=Section.INTERNAL,
    is_joint=True,
)
