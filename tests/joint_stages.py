"""Our case at the stages that only a joint review has, without the other side's own acts."""

from uuid import uuid4

from services.casework.joint import membership
from services.casework.joint.standing_aside import stand_aside
from services.casework.steps.joint import arrivals
from services.database.cases import get_case
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role
from services.identity.actors import KEYLINE_ITSELF, service_actor
from tests import joint_factories
from tests.declared import declare_everybody
from tests.world import World

WHEN = "2025-12-16"


def an_invitation(world: World) -> CaseId:
    """Return a case that was opened for an invitation of another partnership."""
    keyline = service_actor(world.ours.partnership_id, KEYLINE_ITSELF)
    with world.act(keyline, WHEN) as work:
        command = joint_factories.receive_invitation(invitation_id=uuid4())
        case_id = CaseId(arrivals.receive_invitation(work, command).id)
    declare_everybody(world, case_id, WHEN)
    return case_id


def join_a_review(world: World, case_id: CaseId) -> None:
    """Let the case join a review that another partnership leads."""
    with world.act(Role.BUSINESS_MANAGER, WHEN) as work:
        case = get_case(work.session, case_id)
        membership.join(work, case, uuid4(), JointPart.JOINTLY_DECIDING, is_lead=False)
        stand_aside(work, case)
