"""Which case of our own, on the same incident, joins the review that we are invited to (RR-29)."""

from typing import Final

from services.casework.access.cases import cases_seen
from services.casework.joint.agreed_lead import order_lead_agreement
from services.casework.joint.membership import join
from services.casework.joint.standing_aside import stand_aside
from services.database.cases import Case
from services.database.joint_reviews import JointInvitation, membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.workflow import Stage

MAY_JOIN: Final = frozenset(
    {
        Stage.REFERRED,
        Stage.TO_BE_NOTIFIED,
        Stage.NOT_NOTIFIED,
        Stage.LOOKED_AFTER_DEATH,
        Stage.RAPID_REVIEW,
    }
)


def join_with_own(work: UnitOfWork, case: Case, asked: JointInvitation, named: str | None) -> Case:
    """Make our own case, or the one opened for the invitation, part of the joint review.

    With it we agree who leads: the agreement is made as a paper of the case that joins (RR-28).
    """
    leads = asked.lead_id == work.actor.partnership_id
    own = _own_case(work, case, named) if named else case
    if leads and own.id == case.id:
        raise AnswerRefused(
            "own_case",
            "Your partnership is to lead: refer the incident first, then enter the reference of "
            "that case here.",
        )
    join(work, own, asked.joint_review_id, asked.part, is_lead=leads)
    if not leads and own.id != case.id:
        stand_aside(work, own)
    order_lead_agreement(work, own)
    return own


def _own_case(work: UnitOfWork, case: Case, reference: str) -> Case:
    """Return our own case of that reference; one out of reach is answered like none."""
    seen = cases_seen(work, reference=reference).open
    named = [one for one in seen if one.reference.upper() == reference.upper()]
    if not named or named[0].id == case.id:
        raise AnswerRefused("own_case", "There is no such case that you may open.")
    (own,) = named
    work.session.refresh(own, with_for_update=True)
    if own.stage not in MAY_JOIN:
        raise AnswerRefused(
            "own_case", "That case can no longer join: its rapid review is submitted, or it ended."
        )
    if membership_of(work.session, own.id) is not None:
        raise AnswerRefused("own_case", "That case is part of a joint review already.")
    return own
