"""Conflicts on the case rows of a joint review, declared by people whom each condition sorts."""

from uuid import uuid4

from sqlalchemy import Connection
from sqlmodel import Session, col, select

from services.bootstrap import wall_clock
from services.database.decisions import Declaration
from services.database.joint_reviews import JointMembership
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role
from tests.driven import Driven


def declare_beside(link: Connection, case: Driven) -> None:
    """Have people of both sides declare on our row and on theirs; add a review of another case."""
    ours, theirs = case.world.ours, case.world.theirs
    with Session(link) as session:
        question = select(JointMembership).where(
            JointMembership.tenant_id == theirs.partnership_id,
            col(JointMembership.until_at).is_(None),
        )
        own = session.exec(question).one().case_id
        said = (
            (theirs.partnership_id, own, ours.actor(Role.REVIEW_GROUP_CHAIR), True),
            (theirs.partnership_id, own, ours.actor(Role.BUSINESS_MANAGER), False),
            (theirs.partnership_id, own, theirs.second_reviewer(), True),
            (ours.partnership_id, case.case_id, ours.second_reviewer(), True),
        )
        for tenant_id, case_id, actor, has_conflict in said:
            session.add(
                Declaration(
                    tenant_id=tenant_id,
                    case_id=case_id,
                    person_id=actor.person_id,
                    has_conflict=has_conflict,
                    closes=has_conflict,
                    keeps_confidential=True,
                    agreement=1,
                    at=wall_clock(),
                )
            )
        session.add(
            JointMembership(
                tenant_id=ours.partnership_id,
                case_id=Driven(case.world).case_id,
                joint_review_id=uuid4(),
                part=JointPart.CONSULTED,
                is_lead=True,
                parties=[],
                from_at=wall_clock(),
            )
        )
        session.commit()
