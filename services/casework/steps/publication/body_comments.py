"""Comments of the bodies that were sent the text: the partners answer them before the day (PUB-26).

What is not answered holds publication back, for every publisher of the review.
"""

from dataclasses import dataclass
from uuid import UUID, uuid4

from services.casework.act import Act, Entered, begin, record_entry, record_entry_as
from services.casework.commands import named, part_of
from services.casework.effects import (
    EmailContext,
    ToSend,
    close_todos,
    enqueue_email,
    open_todo,
    order_dispatches,
)
from services.casework.steps.panel_letter import must_keep_letter
from services.casework.steps.publication.body_comments_said import (
    AnswerBodyComment,
    CommentAnswered,
    RecordBodyComment,
)
from services.database.cases import Case
from services.database.history import Entry, all_of, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import Notice
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.report_comments import CommentCourse
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step
from services.domain.working_days import london_date


@dataclass(frozen=True, slots=True)
class BodyComment:
    """A comment that waits for the partners: its id, what was said, and the entry that says it."""

    id: UUID
    said: RecordBodyComment
    entry: Entry


def record_body_comment(work: UnitOfWork, case_id: CaseId, command: RecordBodyComment) -> Case:
    """Keep what a body says of the text that it was sent, and ask the partners to answer it."""
    case = begin(work, case_id, RECORD_BODY_COMMENT, command)
    sent = facts(work.session, case.id, EntryType.PRE_SENT)
    if not sent:
        raise StepNotOpen("No text was sent to the bodies before publication yet.")
    if not london_date(sent[0].at) <= command.received_on <= work.today:
        raise AnswerRefused(
            "received_on", "Enter a day from when the text was made ready to be sent, up to today."
        )
    must_keep_letter(work, case, command.letter_file, command.came_how)
    entry = record_entry(work, case, RECORD_BODY_COMMENT, command, subject=str(uuid4()))
    by = case.publish_on if case.published_on is None else None
    open_todo(work, case, Todo.ANSWER_COMMENT, last_day=by, subject=entry.subject)
    enqueue_email(work, case, EmailTrigger.BODY_COMMENTED, EmailContext(part=str(entry.number)))
    return case


RECORD_BODY_COMMENT = Act(
    name="record_body_comment",
    command=RecordBodyComment,
    perform=record_body_comment,
    permission=Permission.PLAN_PUBLICATION,
    doing="record a comment on the text before publication",
    stages=frozenset({Stage.PUBLICATION, Stage.EMBEDDING}),
    entry=EntryType.BODY_COMMENTED,
    shows=(EntryType.PRE_SENT,),
    is_offered=lambda work, case: bool(facts(work.session, case.id, EntryType.PRE_SENT)),
    section=Section.PUBLICATION,
    is_joint=True,
)


def answer_body_comment(work: UnitOfWork, case_id: CaseId, command: AnswerBodyComment) -> Case:
    """Keep what the partners did with a comment, and make their answer ready to be sent."""
    case = begin(work, case_id, ANSWER_BODY_COMMENT, command)
    otherwise = AnswerRefused("comment", "Choose a comment that is not answered yet.")
    one = named(comments_to_answer(work, case), command.comment, otherwise)
    if not command.all_agree:
        raise AnswerRefused("all_agree", "An answer is that of all partners together.")
    changed = facts(work.session, case.id, EntryType.REPORT_CHANGED)
    is_changed = bool(changed) and changed[-1].number > one.entry.number
    if command.course is CommentCourse.TEXT_CHANGED and not is_changed:
        raise AnswerRefused(
            "course", "No text was changed since this comment came: put the changed text first."
        )
    entered = Entered(subject=str(one.id), kept=part_of(command, CommentAnswered))
    entry = record_entry_as(work, case, ANSWER_BODY_COMMENT, command, entered)
    close_todos(work, case, Todo.ANSWER_COMMENT, subject=str(one.id))
    to = (one.said.body.recipient,)
    order_dispatches(work, case, entry, ToSend(Step.PUBLISH, Notice.COMMENT_ANSWERED, to=to))
    return case


def comments_to_answer(work: UnitOfWork, case: Case) -> tuple[BodyComment, ...]:
    """Return the comments that wait for an answer, as far as the actor reads them, oldest first."""
    answered = {one.subject for one in facts(work.session, case.id, EntryType.BODY_ANSWERED)}
    return tuple(
        BodyComment(UUID(one.subject), RecordBodyComment.model_validate(one.command), one)
        for one in all_of(work.session, case.id, EntryType.BODY_COMMENTED)
        if one.subject not in answered
    )


ANSWER_BODY_COMMENT = Act(
    name="answer_body_comment",
    command=AnswerBodyComment,
    which="comment",
    perform=answer_body_comment,
    permission=Permission.RECONSIDER,
    doing="answer a comment on the text before publication",
    stages=frozenset({Stage.PUBLICATION, Stage.EMBEDDING}),
    entry=EntryType.BODY_ANSWERED,
    kept=CommentAnswered,
    todo=Todo.ANSWER_COMMENT,
    shows=(EntryType.BODY_COMMENTED,),
    is_offered=lambda work, case: bool(comments_to_answer(work, case)),
    section=Section.PUBLICATION,
    is_joint=True,
)
