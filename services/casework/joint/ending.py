"""The joint part of a review ends when the lead comes to its action plan."""

from services.casework.effects import close_todos, place_order
from services.casework.joint.membership import fellow_members
from services.casework.joint.orders import TellReviewEnded
from services.casework.joint.standing_aside import stand_alone
from services.database.cases import Case
from services.database.joint_reviews import membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.todos import Todo
from services.domain.workflow import Step


def end_joint_part(work: UnitOfWork, case: Case) -> None:
    """End our own part, and order that each partnership that takes part is told; alone, nothing."""
    for other in fellow_members(work, case):
        order = TellReviewEnded(
            joint_review_id=other.joint_review_id, partnership_id=other.tenant_id
        )
        place_order(work, CaseId(case.id), Step.EMBED, order)
    leave(work, case)


def leave(work: UnitOfWork, case: Case) -> None:
    """Keep that our case no longer takes part; what was shown is shown until its own end.

    A K10 that the joint record did not meet runs on at its own date.
    The run of a case that led was everybody's: it ends, and the case goes on in its next attempt.
    """
    membership = membership_of(work.session, case.id)
    if membership is not None:
        membership.until_at = work.now
        membership.shared_run = case.flow_run_id if membership.is_lead else None
        work.session.add(membership)
        close_todos(work, case, Todo.SHOW_CASE)
        stand_alone(work, case)
