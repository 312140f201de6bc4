"""What a partnership shows another, with a grant for each reason for which nothing is shown."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import Connection
from sqlmodel import Session, select

from services.bootstrap import wall_clock
from services.database.decisions import SignOff
from services.database.joint_reviews import (
    CaseGrant,
    JointInvitation,
    JointMembership,
    JointReply,
)
from services.domain.entry_types import Section
from services.domain.joint_reviews import JointAnswer, JointPart
from services.domain.roles import Role
from tests.driven import Driven

SHOWN = (
    Section.FACTS_AND_FAMILY,
    Section.CRITERIA_AND_DECISION,
    Section.MEETING,
    Section.SCOPING_RETURNS,
    Section.ACTION_PLAN,
)


def share(link: Connection, case: Driven) -> tuple[UUID, UUID]:
    """Show a part of our case to theirs; return a grant that waits, and the one in force."""
    with Session(link) as session:
        found = select(JointMembership).where(JointMembership.case_id == case.case_id)
        review = session.exec(found).one().joint_review_id
        grants = _grants(case, review)
        session.add_all(grants)
        swapped = replace(case.world, ours=case.world.theirs, theirs=case.world.ours)
        own = Driven(swapped)
        session.add(_membership(own, review))
        session.add_all(_between(case, own, review, grants[0].id))
        session.add(_membership(own, uuid4(), has_ended=True))
        signed = select(SignOff).where(SignOff.case_id == case.case_id).limit(2)
        for signature in session.exec(signed):
            signature.joint_review_id = review
            session.add(signature)
        session.flush()
        return grants[1].id, grants[0].id


def _grants(case: Driven, review: UUID) -> list[CaseGrant]:
    """Return one in force, one that waits, one revoked, one that ran out, and one to another."""
    now, later = wall_clock(), wall_clock() + timedelta(days=30)
    theirs, second = case.world.theirs.partnership_id, uuid4()
    given = {
        "tenant_id": case.world.ours.partnership_id,
        "joint_review_id": review,
        "sections": list(SHOWN),
        "purpose": "x",
        "lawful_basis": "x",
        "granted_by": case.world.ours.actor(Role.BUSINESS_MANAGER).person_id,
        "granted_at": now,
    }
    approved = {"approved_by": second, "approved_at": now}
    ways = (
        {**approved, "partnership_id": theirs, "until_at": later},
        {"partnership_id": theirs, "until_at": later},
        {**approved, "partnership_id": theirs, "until_at": later, "revoked_at": now},
        {**approved, "partnership_id": theirs, "until_at": now},
        {**approved, "partnership_id": uuid4(), "until_at": later},
    )
    cases = [case, *(Driven(case.world) for _ in ways[1:])]
    return [
        CaseGrant(**given, **way, case_id=one.case_id) for one, way in zip(cases, ways, strict=True)
    ]


def _between(
    case: Driven, own: Driven, review: UUID, grant_id: UUID
) -> list[JointInvitation | JointReply]:
    """Return the invitation that led to it, and the reply; of another review one that stands."""
    ours, theirs = case.world.ours.partnership_id, case.world.theirs.partnership_id
    who, now = uuid4(), wall_clock()
    areas = dict.fromkeys(("residence_id", "incident_id", "lead_id"), ours)
    invitations = [
        JointInvitation(
            tenant_id=ours,
            case_id=case.case_id,
            joint_review_id=one,
            partnership_id=theirs,
            grant_id=grant_id,
            part=JointPart.CONSULTED,
            reasons="x",
            lead_reasons="x",
            invited_by=who,
            invited_at=now,
            **areas,
        )
        for one in (review, uuid4())
    ]
    reply = JointReply(
        tenant_id=theirs,
        case_id=own.case_id,
        invitation_id=invitations[0].id,
        partnership_id=ours,
        answer=JointAnswer.ACCEPTED,
        reasons="x",
        replied_by=who,
        replied_at=now,
    )
    return [*invitations, reply]


def _membership(own: Driven, review: UUID, *, has_ended: bool = False) -> JointMembership:
    return JointMembership(
        tenant_id=own.world.ours.partnership_id,
        case_id=own.case_id,
        joint_review_id=review,
        part=JointPart.CONSULTED,
        is_lead=False,
        parties=[],
        from_at=wall_clock(),
        until_at=wall_clock() if has_ended else None,
    )
