"""A comment arrives with the partnership that leads, and its answer with the one that made it.

Acts of Keyline itself, on our own rows, once the other side's act is kept.
"""

from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command, part_of
from services.casework.effects import EmailContext, enqueue_email, open_todo
from services.casework.joint.arrival import begin_arrival, subject_of
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import CommentAnswer
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class CommentReceived(Command):
    """A comment on what we show, in the words of the partnership that made it."""

    partnership: str = Field(title="Which partnership?")
    person: str = Field(title="Who made it?")
    section: Section = Field(title="On which section?")
    document: str = Field(default="", title="On which document?")
    comment: str = Field(title="The comment")


class ReceiveComment(CommentReceived):
    """A comment of another partnership, by its id and whose it is."""

    comment_id: UUID
    partnership_id: UUID


class CommentAnswerReceived(Command):
    """What becomes of a comment of ours."""

    partnership: str = Field(title="Which partnership answers?")
    comment: str = Field(title="Our comment")
    answer: CommentAnswer = Field(title="What becomes of it?")
    reasons: str = Field(title="Why?")


class ReceiveCommentAnswer(CommentAnswerReceived):
    """The answer to a comment of ours, by the id of the comment."""

    comment_id: UUID


def receive_comment(work: UnitOfWork, case_id: CaseId, command: ReceiveComment) -> Case:
    """Keep a comment, once, and ask the chair to consider it."""
    subject = subject_of(command.comment_id, command.partnership_id)
    case, is_known = begin_arrival(work, case_id, RECEIVE_COMMENT, subject)
    if is_known:
        return case
    entered = Entered(subject=subject, kept=part_of(command, CommentReceived))
    record_entry_as(work, case, RECEIVE_COMMENT, command, entered)
    if case.stage is not Stage.CLOSED:
        open_todo(work, case, Todo.CONSIDER_COMMENT)
    about = EmailContext(todo=Todo.CONSIDER_COMMENT, part=subject)
    enqueue_email(work, case, EmailTrigger.COMMENT_RECEIVED, about)
    return case


RECEIVE_COMMENT = Act(
    name="receive_comment",
    command=ReceiveComment,
    perform=receive_comment,
    permission=Permission.CARRY_CASES,
    doing="receive a comment",
    stages=frozenset(Stage),
    entry=EntryType.COMMENT_RECEIVED,
    kept=CommentReceived,
    is_listed=False,
    section=Section.INTERNAL,
)


def receive_comment_answer(
    work: UnitOfWork, case_id: CaseId, command: ReceiveCommentAnswer
) -> Case:
    """Keep the answer to a comment of ours, once, and tell manager and chair."""
    subject = str(command.comment_id)
    case, is_known = begin_arrival(work, case_id, RECEIVE_COMMENT_ANSWER, subject)
    if is_known:
        return case
    entered = Entered(subject=subject, kept=part_of(command, CommentAnswerReceived))
    record_entry_as(work, case, RECEIVE_COMMENT_ANSWER, command, entered)
    enqueue_email(work, case, EmailTrigger.COMMENT_ANSWERED, EmailContext(part=subject))
    return case


RECEIVE_COMMENT_ANSWER = Act(
    name="receive_comment_answer",
    command=ReceiveCommentAnswer,
    perform=receive_comment_answer,
    permission=Permission.CARRY_CASES,
    doing="receive the answer to a comment",
    stages=frozenset(Stage),
    entry=EntryType.COMMENT_ANSWER_RECEIVED,
    kept=CommentAnswerReceived,
    is_listed=False,
    section=Section.INTERNAL,
)
