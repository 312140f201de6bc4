"""Our case becomes part of a joint review, now that a partnership that we invited has accepted."""

from services.casework.joint.membership import join
from services.casework.joint.notifications import tell_notification
from services.casework.joint.own_agencies import tell_review_opened
from services.casework.joint.standing_aside import stand_aside
from services.casework.steps.joint.parts import turn_rounds
from services.database.cases import Case
from services.database.joint_reviews import JointInvitation, membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.joint_reviews import JointPart


def review_together(work: UnitOfWork, case: Case, sent: JointInvitation) -> None:
    """Take part from the first acceptance on; what is open is put to the new partners as well."""
    membership = membership_of(work.session, case.id)
    if membership is None:
        leads = sent.lead_id == case.tenant_id
        part = JointPart.JOINTLY_PUBLISHING
        membership = join(work, case, sent.joint_review_id, part, is_lead=leads)
        if not leads:
            stand_aside(work, case)
    if membership.is_lead:
        turn_rounds(work, case, (), before=None, after=sent.part)
        tell_review_opened(work, case)
    tell_notification(work, case)
