"""A proposed change of the joint review, and the answer to ours, as they arrive on our case.

Acts of Keyline itself, on our own rows, once the other side's act is kept.
"""

from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command, part_of
from services.casework.effects import EmailContext, enqueue_email, open_todo
from services.casework.joint.arrival import begin_arrival, subject_of
from services.casework.joint.membership import is_lead
from services.casework.steps.joint.settlement import agreed_with_them, settle
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.joint_changes import ChangeAnswer, JointChange
from services.domain.joint_reviews import JointPart
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class ChangeReceived(Command):
    """What another partnership of the joint review proposes, and which person there."""

    person: str = Field(title="Who proposes it?")
    partnership: str = Field(title="Which partnership is it about?")
    change: JointChange = Field(title="What shall change for it?")
    part: JointPart | None = Field(default=None, title="Which part shall it have?")
    reasons: str = Field(title="Why?")


class ReceiveChange(ChangeReceived):
    """A proposal of another partnership, by its id and whose it is."""

    proposal_id: UUID
    partnership_id: UUID


class ChangeAnswerReceived(Command):
    """What the other side answered to our proposal, and which person there."""

    person: str = Field(title="Who answers?")
    answer: ChangeAnswer = Field(title="What is answered?")
    reasons: str = Field(title="Why?")


class ReceiveChangeAnswer(ChangeAnswerReceived):
    """An answer of another partnership, by the id of our proposal and whose answer it is."""

    proposal_id: UUID
    partnership_id: UUID


def receive_change(work: UnitOfWork, case_id: CaseId, command: ReceiveChange) -> Case:
    """Keep what the other side proposes, and ask manager and chair for an answer."""
    subject = subject_of(command.proposal_id, command.partnership_id)
    case, is_known = begin_arrival(work, case_id, RECEIVE_CHANGE, subject)
    if is_known:
        return case
    entered = Entered(subject=subject, kept=part_of(command, ChangeReceived))
    record_entry_as(work, case, RECEIVE_CHANGE, command, entered)
    open_todo(work, case, Todo.ANSWER_CHANGE)
    about = EmailContext(todo=Todo.ANSWER_CHANGE, part=str(command.proposal_id))
    enqueue_email(work, case, EmailTrigger.JOINT_CHANGE_PROPOSED, about)
    return case


RECEIVE_CHANGE = Act(
    name="receive_change",
    command=ReceiveChange,
    perform=receive_change,
    permission=Permission.CARRY_CASES,
    doing="receive a proposed change of the joint review",
    stages=frozenset(Stage),
    entry=EntryType.CHANGE_RECEIVED,
    kept=ChangeReceived,
    is_listed=False,
    section=Section.INTERNAL,
)


def receive_change_answer(work: UnitOfWork, case_id: CaseId, command: ReceiveChangeAnswer) -> Case:
    """Keep the answer to our proposal; where we lead, have carried out what both agreed on."""
    subject = str(command.proposal_id)
    case, is_known = begin_arrival(work, case_id, RECEIVE_CHANGE_ANSWER, subject)
    if is_known:
        return case
    entered = Entered(subject=subject, kept=part_of(command, ChangeAnswerReceived))
    record_entry_as(work, case, RECEIVE_CHANGE_ANSWER, command, entered)
    enqueue_email(work, case, EmailTrigger.JOINT_CHANGE_TOLD, EmailContext(part=subject))
    if command.answer is ChangeAnswer.AGREED and is_lead(work, case):
        settle(work, case, agreed_with_them(work, command.proposal_id, command.partnership_id))
    return case


RECEIVE_CHANGE_ANSWER = Act(
    name="receive_change_answer",
    command=ReceiveChangeAnswer,
    perform=receive_change_answer,
    permission=Permission.CARRY_CASES,
    doing="receive the answer to a proposed change",
    stages=frozenset(Stage),
    entry=EntryType.CHANGE_ANSWER_RECEIVED,
    kept=ChangeAnswerReceived,
    is_listed=False,
    section=Section.INTERNAL,
)
