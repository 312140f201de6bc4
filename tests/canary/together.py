"""Two partnerships carry a review together, in words that hold canaries."""

from collections.abc import Callable

from services.casework.joint.comments import comments_received
from services.casework.joint.proposals import waiting_proposals
from services.casework.steps.joint.change_answer import answer_change
from services.casework.steps.joint.change_proposal import propose_change
from services.casework.steps.joint.comment_answer import ANSWER_COMMENT
from services.casework.steps.joint.comments import COMMENT_ON_SHOWN
from services.casework.steps.police_marks import police_marks
from services.database.cases import get_case
from services.database.police_marks import live_marks
from services.domain.entry_types import Section
from services.domain.identifiers import CaseId
from services.domain.joint_changes import ChangeAnswer, JointChange
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role
from tests import joint_factories as say
from tests import police_factories as police
from tests.canary.planting import PlantedJoint, Planter
from tests.world import World

Settle = Callable[[World, CaseId], None]
SIGNED = "2026-01-05 11:00"


def carry_together(world: World, planter: Planter, settle: Settle | None = None) -> PlantedJoint:
    """Carry a review between both partnerships, until what is shared has been ended."""
    joint = PlantedJoint(world, planter=planter, settles=settle)
    theirs_case = joint.joined(JointPart.JOINTLY_DECIDING)
    joint.driven.scope().meet().propose()
    joint.when = SIGNED
    joint.settle()
    joint.sign_theirs(theirs_case)
    comment(joint, theirs_case)
    mark(joint)
    change(joint, theirs_case)
    joint.end_sharing()
    return joint


def comment(joint: PlantedJoint, theirs_case: CaseId) -> None:
    """Have them comment on what is shown, and our chair answer it."""
    joint.do_theirs(COMMENT_ON_SHOWN, theirs_case, say.comment_on_shown(), Role.BUSINESS_MANAGER)
    joint.settle(theirs_case)
    with joint.world.act(Role.REVIEW_GROUP_CHAIR, joint.when) as work:
        (received,) = comments_received(work, get_case(work.session, joint.case_id))
        answered = joint.planter.plant(say.answer_comment(received.id))
        ANSWER_COMMENT.perform(work, joint.case_id, answered)
    joint.settle()


def change(joint: PlantedJoint, theirs_case: CaseId) -> None:
    """Propose another part twice: their chair refuses the one, and agrees to the other."""
    for answer, part in (
        (ChangeAnswer.REFUSED, JointPart.JOINTLY_PUBLISHING),
        (ChangeAnswer.AGREED, JointPart.CONTRIBUTING),
    ):
        theirs = joint.theirs.partnership_id
        proposed = say.propose_change(theirs, change=JointChange.OTHER_PART, part=part)
        joint.driven.do(propose_change, proposed, Role.BUSINESS_MANAGER, joint.when)
        joint.settle()
        with joint.world.act(joint.theirs.actor(Role.REVIEW_GROUP_CHAIR), joint.when) as work:
            (asked,) = waiting_proposals(work, get_case(work.session, theirs_case))
            answered = joint.planter.plant(say.answer_change(asked.id, answer=answer))
            answer_change(work, theirs_case, answered)
        joint.settle(theirs_case)
        joint.settle()


def mark(joint: PlantedJoint) -> None:
    """Mark two sections police-sensitive: one mark is reviewed and lifted, one goes on."""
    for section in (Section.MEETING, Section.SCOPING_RETURNS):
        marked = police.mark_sensitive(section=section)
        joint.driven.do(police_marks.mark_sensitive, marked, Role.BUSINESS_MANAGER, joint.when)
    with joint.world.act(Role.BUSINESS_MANAGER, joint.when) as work:
        first = live_marks(work.session, joint.case_id)[0].id
    for act, said in (
        (police_marks.review_mark, police.review_mark(first)),
        (police_marks.lift_mark, police.lift_mark(first)),
    ):
        joint.driven.do(act, said, Role.BUSINESS_MANAGER, joint.when)
    joint.settle()
