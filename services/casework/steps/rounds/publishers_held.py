"""Who publishes with the partnership that leads, and that they wait: the text goes again (K12)."""

from collections.abc import Sequence

from services.casework.effects import place_order
from services.casework.joint.matters import as_member
from services.casework.joint.membership import fellow_members
from services.casework.joint.orders import HoldPublication
from services.casework.steps.rounds.sign_off_rounds import round_of
from services.database.cases import Case
from services.database.history import count
from services.database.joint_reviews import JointMembership
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Step


def fellow_publishers(work: UnitOfWork, case: Case) -> Sequence[JointMembership]:
    """Return the other partnerships that publish with the case that leads."""
    return [one for one in fellow_members(work, case) if as_member(one).publishes]


def hold_publishers(work: UnitOfWork, case: Case) -> None:
    """Order that each of them waits: the text came back to a publisher, or is sent anew."""
    for other in fellow_publishers(work, case):
        order = HoldPublication(
            partnership_id=other.tenant_id,
            joint_review_id=other.joint_review_id,
            round=round_of(work, case, SignOffMatter.PUBLICATION),
            since=count(work.session, case.id),
        )
        place_order(work, CaseId(case.id), Step.PUBLISH, order)
