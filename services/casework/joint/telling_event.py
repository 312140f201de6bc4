"""A learning event of a joint review: who contributes is told of it, and tells who takes part."""

from uuid import UUID

from services.casework.effects import place_order
from services.casework.joint.membership import fellow_members
from services.casework.joint.orders import DeliverPractitioners, TellLearningEvent
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import ASKS_AGENCIES
from services.domain.workflow import Step


def tell_learning_event(
    work: UnitOfWork, case: Case, entry_id: UUID, *, is_off: bool = False
) -> None:
    """Order that each partnership that contributes is told of the event that this entry is about.

    It invites practitioners of its own agencies, who answer on its own case (LC-37).
    """
    for other in fellow_members(work, case):
        if other.part.holds(ASKS_AGENCIES) and not other.is_lead:
            order = TellLearningEvent(
                joint_review_id=other.joint_review_id,
                partnership_id=other.tenant_id,
                entry_id=entry_id,
                is_off=is_off,
            )
            place_order(work, CaseId(case.id), Step.COMMISSION, order)


def deliver_practitioners(work: UnitOfWork, case: Case, entry_id: UUID) -> None:
    """Order that who leads is told which of our practitioners are invited, or took part."""
    for other in fellow_members(work, case):
        if other.is_lead:
            order = DeliverPractitioners(
                joint_review_id=other.joint_review_id,
                partnership_id=other.tenant_id,
                entry_id=entry_id,
            )
            place_order(work, CaseId(case.id), Step.COMMISSION, order)
