"""A breach in a joint review is on both sides: who takes part, or took part, is told of it."""

from services.casework.effects import place_order
from services.casework.joint.membership import members_with
from services.casework.joint.orders import TellBreach
from services.database.cases import Case
from services.database.history import Entry
from services.database.joint_reviews import newest_membership
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.workflow import Step


def tell_breach(work: UnitOfWork, case: Case, entry: Entry) -> None:
    """Order that each other partnership of the joint review is told; alone, nothing."""
    part = newest_membership(work.session, case.id)
    for other in members_with(work, part) if part is not None else ():
        if other.tenant_id != case.tenant_id:
            order = TellBreach(
                joint_review_id=other.joint_review_id,
                partnership_id=other.tenant_id,
                entry_id=entry.id,
            )
            place_order(work, CaseId(case.id), Step.NOTIFY, order)
