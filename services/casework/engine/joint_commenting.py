"""Comments between partnerships: each is put on record where it is for, and so is its answer.

As in `joint_settling`: done by Keyline in the other partnership's own unit of work, once.
"""

from services.casework.job_context import JobContext, JobHandlers, Link
from services.casework.joint.orders import DeliverComment, DeliverCommentAnswer
from services.casework.steps.joint_comment_answer import CommentAnswerKept
from services.casework.steps.joint_comment_arrivals import (
    ReceiveComment,
    ReceiveCommentAnswer,
    receive_comment,
    receive_comment_answer,
)
from services.casework.steps.joint_comments import CommentKept
from services.database.history import Entry
from services.database.joint_reviews import case_beside
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId, PartnershipId


def deliver_comment(context: JobContext, order: DeliverComment) -> Link:
    """Put the comment before the partnership that leads, in the words in which it was made."""
    with context.transaction() as ours:
        entry = ours.session.get_one(Entry, (ours.actor.partnership_id, order.entry_id))
        known = names(ours.session, {entry.person_id})
        command = ReceiveComment(
            **CommentKept.model_validate(entry.command).model_dump(),
            partnership=ours.partnership.name,
            person=known.get(entry.person_id, ""),
            comment_id=entry.id,
            partnership_id=entry.tenant_id,
        )
    with context.elsewhere(PartnershipId(order.partnership_id)) as theirs:
        case_id = case_beside(theirs.session, order.joint_review_id)
        if case_id is not None:
            receive_comment(theirs, CaseId(case_id), command)
    return _nothing_more


def deliver_comment_answer(context: JobContext, order: DeliverCommentAnswer) -> Link:
    """Put the answer on record where the comment came from."""
    with context.transaction() as ours:
        entry = ours.session.get_one(Entry, (ours.actor.partnership_id, order.entry_id))
        said = CommentAnswerKept.model_validate(entry.command)
        command = ReceiveCommentAnswer(
            partnership=ours.partnership.name,
            comment=said.comment,
            answer=said.answer,
            reasons=said.reasons,
            comment_id=entry.subject.partition(":")[0],
        )
    with context.elsewhere(PartnershipId(order.partnership_id)) as theirs:
        case_id = case_beside(theirs.session, order.joint_review_id)
        if case_id is not None:
            receive_comment_answer(theirs, CaseId(case_id), command)
    return _nothing_more


COMMENTING: JobHandlers = {
    DeliverComment: deliver_comment,
    DeliverCommentAnswer: deliver_comment_answer,
}


def _nothing_more(_work: UnitOfWork) -> None:
    """Leave our own rows as they are: what was to be done is on the other side's record."""
