"""The partnership that leads answers a comment: it is taken up or not, and why (RR-29)."""

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, CommentChoice, LongText
from services.casework.effects import close_todos, place_order
from services.casework.joint.arrival import subject_of
from services.casework.joint.comments import named_comment, waiting_comments
from services.casework.joint.membership import joint_review_of
from services.casework.joint.orders import DeliverCommentAnswer
from services.database.cases import Case
from services.database.joint_reviews import newest_membership
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import CommentAnswer
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


class AnswerComment(Command):
    """What becomes of a comment; the partnership that made it is told."""

    comment: CommentChoice = Field(title="Which comment?")
    answer: CommentAnswer = Field(title="What becomes of it?")
    reasons: LongText = Field(title="Why?")


class CommentAnswerKept(Command):
    """What is kept of an answer: the comment in words, since its id tells a reader nothing."""

    partnership: str = Field(title="Whose comment?")
    comment: str = Field(title="The comment")
    answer: CommentAnswer = Field(title="What becomes of it?")
    reasons: str = Field(title="Why?")


def answer_comment(work: UnitOfWork, case_id: CaseId, command: AnswerComment) -> Case:
    """Answer a comment once; what is taken up is said in the next version of what it is about."""
    case = begin(work, case_id, ANSWER_COMMENT, command)
    asked = named_comment(waiting_comments(work, case), command.comment)
    kept = CommentAnswerKept(
        partnership=asked.partnership,
        comment=asked.comment,
        answer=command.answer,
        reasons=command.reasons,
    )
    entered = Entered(subject=subject_of(asked.id, asked.partnership_id), kept=kept)
    entry = record_entry_as(work, case, ANSWER_COMMENT, command, entered)
    if not waiting_comments(work, case):
        close_todos(work, case, Todo.CONSIDER_COMMENT)
    part = newest_membership(work.session, case.id)
    order = DeliverCommentAnswer(
        entry_id=entry.id,
        joint_review_id=part.joint_review_id if part else joint_review_of(work, case),
        partnership_id=asked.partnership_id,
    )
    place_order(work, case_id, Step.NOTIFY, order)
    return case


ANSWER_COMMENT = Act(
    name="answer_comment",
    command=AnswerComment,
    which="comment",
    perform=answer_comment,
    permission=Permission.ANSWER_COMMENT,
    doing="answer a comment",
    stages=frozenset(Stage) - {Stage.CLOSED},
    entry=EntryType.COMMENT_ANSWERED,
    kept=CommentAnswerKept,
    todo=Todo.CONSIDER_COMMENT,
    shows=(EntryType.COMMENT_RECEIVED,),
    is_listed=False,
    section=Section.INTERNAL,
    is_joint=True,
)
