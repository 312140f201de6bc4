"""Comments between partnerships: each is put on record where it is for, and so is its answer.

As in `joint_settling`: done by Keyline in the other partnership's own unit of work, once.
"""

from services.casework.engine.joint_delivery import on_their_case
from services.casework.job_context import JobContext, JobHandlers, Link
from services.casework.joint.arrival import received_from
from services.casework.joint.orders import DeliverComment, DeliverCommentAnswer
from services.casework.steps.joint.comment_answer import CommentAnswerKept
from services.casework.steps.joint.comment_arrivals import (
    ReceiveComment,
    ReceiveCommentAnswer,
    receive_comment,
    receive_comment_answer,
)
from services.casework.steps.joint.comments import CommentKept
from services.database.history import Entry
from services.database.joint_reviews import case_beside
from services.database.people import names


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
    return on_their_case(
        context,
        order,
        receive_comment,
        command,
        case_beside,
    )


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
            comment_id=received_from(entry.subject)[0],
        )
    return on_their_case(
        context,
        order,
        receive_comment_answer,
        command,
        case_beside,
    )


COMMENTING: JobHandlers = {
    DeliverComment: deliver_comment,
    DeliverCommentAnswer: deliver_comment_answer,
}
