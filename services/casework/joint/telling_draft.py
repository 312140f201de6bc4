"""Who contributes is told of the draft of a joint review, and tells what practitioners say."""

from uuid import UUID

from services.casework.effects import place_order
from services.casework.joint.draft_orders import DeliverFeedback, TellDraft
from services.casework.joint.membership import fellow_members
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import ASKS_AGENCIES
from services.domain.workflow import Step


def tell_draft(work: UnitOfWork, case: Case, entry_id: UUID) -> None:
    """Order that each partnership that contributes is told of the draft that the entry submits.

    It asks its own practitioners who took part what they think of it (PUB-19).
    """
    for other in fellow_members(work, case):
        if other.part.holds(ASKS_AGENCIES) and not other.is_lead:
            order = TellDraft(
                joint_review_id=other.joint_review_id,
                partnership_id=other.tenant_id,
                entry_id=entry_id,
            )
            place_order(work, CaseId(case.id), Step.COMMISSION, order)


def deliver_feedback(work: UnitOfWork, case: Case, entry_id: UUID) -> None:
    """Order that who leads is told what our practitioners say of its draft."""
    for other in fellow_members(work, case):
        if other.is_lead:
            order = DeliverFeedback(
                joint_review_id=other.joint_review_id,
                partnership_id=other.tenant_id,
                entry_id=entry_id,
            )
            place_order(work, CaseId(case.id), Step.COMMISSION, order)
