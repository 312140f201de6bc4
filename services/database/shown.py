"""What other partnerships show us now: asked of the database, which alone decides it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.database.cases import Case
from services.database.decisions import SignOff
from services.database.joint_reviews import (
    CaseGrant,
    JointInvitation,
    JointMembership,
    JointReply,
)
from services.database.partnership_row import SHOWN_BY_OTHERS
from services.database.remembered import forget, remembered
from services.domain.entry_types import Section
from services.domain.identifiers import PartnershipId
from services.domain.workflow import Stage

Row = TypeVar("Row")

_SHARED: Final = text(
    "select tenant_id, case_id, joint_review_id, partnership, reference, stage, sections, until_at"
    " from sec.shared_cases() order by partnership, reference"
)
_NAMES: Final = text("select id, name from sec.shown_names(:case_id)")
_KNOWN: Final = text("select id, name from sec.known_partnerships()")
_APPROVE: Final = text("select sec.approve_grant(:id, :at)")
_WITHDRAW: Final = text("select sec.withdraw_invitation(:id, :at)")
_END: Final = text("select sec.end_grant(:id, :at)")


@dataclass(frozen=True, slots=True)
class SharedCase:
    """A case that another partnership shows us: whose, how far, which sections, until when."""

    tenant_id: UUID
    case_id: UUID
    joint_review_id: UUID
    partnership: str
    reference: str
    stage: Stage
    sections: frozenset[Section]
    until_at: datetime


def shown(question: SelectOfScalar[Row]) -> SelectOfScalar[Row]:
    """Return the question so that it also finds what other partnerships show us.

    Row-level security decides what that is; the rows found are for reading only.
    """
    return question.execution_options(**{SHOWN_BY_OTHERS: True})


def shared_cases(session: Session) -> list[SharedCase]:
    """Return the cases that other partnerships show us at this moment; never remembered.

    What is ended is not seen from the next question on.
    """
    return [
        SharedCase(
            tenant_id=row.tenant_id,
            case_id=row.case_id,
            joint_review_id=row.joint_review_id,
            partnership=row.partnership,
            reference=row.reference,
            stage=Stage(row.stage),
            sections=frozenset(map(Section, row.sections)),
            until_at=row.until_at,
        )
        for row in session.execute(_SHARED)
    ]


def shown_names(session: Session, case_id: UUID) -> dict[UUID, str]:
    """Return the names of the people and agencies in what is shown of the case, by their ids."""
    return {row.id: row.name for row in session.execute(_NAMES, {"case_id": case_id})}


def known_partnerships(session: Session) -> dict[UUID, str]:
    """Return the names of the partnerships that ours may invite, and its own, by id."""
    known = remembered(session, "known", lambda: session.execute(_KNOWN).all())
    return {row.id: row.name for row in known}


def approve_grant(session: Session, grant_id: UUID, at: datetime) -> bool:
    """Let a grant come into force by the acting person; tell whether they may and it waited."""
    session.flush()
    done: bool = session.execute(_APPROVE, {"id": grant_id, "at": at}).scalar_one()
    session.expire_all()
    forget(session)
    return done


def end_grant(session: Session, grant_id: UUID, at: datetime) -> bool:
    """End a grant from the next statement on; tell whether it was there to end."""
    session.flush()
    done: bool = session.execute(_END, {"id": grant_id, "at": at}).scalar_one()
    session.expire_all()
    forget(session)
    return done


def withdraw_invitation_row(session: Session, invitation_id: UUID, at: datetime) -> bool:
    """Withdraw an invitation of ours; tell whether it was there and nobody has answered it."""
    session.flush()
    done: bool = session.execute(_WITHDRAW, {"id": invitation_id, "at": at}).scalar_one()
    session.expire_all()
    forget(session)
    return done


def invitation(session: Session, invitation_id: UUID) -> JointInvitation | None:
    """Return an invitation that we sent or that is shown to us."""
    question = select(JointInvitation).where(JointInvitation.id == invitation_id)
    return session.exec(shown(question)).one_or_none()


def asked_to_join(session: Session, member: JointMembership) -> JointInvitation | None:
    """Return the newest invitation by which a member was asked to join, unless it invited."""
    question = select(JointInvitation).where(
        JointInvitation.joint_review_id == member.joint_review_id,
        JointInvitation.partnership_id == member.tenant_id,
        JointInvitation.invited_at <= member.from_at,
    )
    newest = question.order_by(col(JointInvitation.invited_at).desc(), col(JointInvitation.id))
    return session.exec(shown(newest.limit(1))).first()


def replies_to(session: Session, invitation_id: UUID) -> Sequence[JointReply]:
    """Return what was answered to an invitation, newest first."""
    question = select(JointReply).where(JointReply.invitation_id == invitation_id)
    newest = question.order_by(col(JointReply.replied_at).desc(), col(JointReply.id))
    return session.exec(shown(newest)).all()


def members(session: Session, joint_review_id: UUID) -> Sequence[JointMembership]:
    """Return the partnerships that take part in the review now, ours among them, the lead first."""
    question = select(JointMembership).where(
        JointMembership.joint_review_id == joint_review_id, col(JointMembership.until_at).is_(None)
    )
    ordered = question.order_by(
        col(JointMembership.is_lead).desc(), col(JointMembership.from_at), col(JointMembership.id)
    )
    key = ("members", joint_review_id)
    return remembered(session, key, lambda: session.exec(shown(ordered)).all())


def members_at_the_end(session: Session, own: JointMembership) -> Sequence[JointMembership]:
    """Return who took part, the lead first, when our own part ended, or the lead's before it."""
    assert own.until_at is not None  # noqa: S101 - asked of a part that has ended
    question = select(JointMembership).where(
        JointMembership.joint_review_id == own.joint_review_id,
        col(JointMembership.from_at) <= own.until_at,
    )
    newest = question.order_by(
        col(JointMembership.is_lead).desc(),
        col(JointMembership.from_at).desc(),
        col(JointMembership.id),
    )
    found = session.exec(shown(newest)).all()
    ends = [own.until_at, *(one.until_at for one in found[:1] if one.is_lead and one.until_at)]
    return [
        one
        for one in found
        if one.from_at <= min(ends) and (one.until_at is None or one.until_at >= min(ends))
    ]


def partnerships_beside(session: Session) -> set[PartnershipId]:
    """Return the other partnerships that take part now in the joint reviews in which we do."""
    still = col(JointMembership.until_at).is_(None)
    own = session.exec(select(JointMembership).where(still)).all()
    reviews = {one.joint_review_id for one in own}
    question = select(JointMembership).where(
        still, col(JointMembership.joint_review_id).in_(reviews)
    )
    found = {one.tenant_id for one in session.exec(shown(question))} if reviews else set()
    return {PartnershipId(one) for one in found} - {PartnershipId(one.tenant_id) for one in own}


def approved_grants(session: Session, *, after: datetime) -> Sequence[CaseGrant]:
    """Return the approved grants by us and to us that were not ended and hold, or held, after."""
    question = select(CaseGrant).where(
        col(CaseGrant.approved_at).is_not(None),
        col(CaseGrant.revoked_at).is_(None),
        CaseGrant.until_at > after,
    )
    return session.exec(shown(question.order_by(col(CaseGrant.until_at), col(CaseGrant.id)))).all()


def grant_shown(session: Session, grant_id: UUID) -> CaseGrant:
    """Return a grant that we made or that was made to us."""
    return session.exec(shown(select(CaseGrant).where(CaseGrant.id == grant_id))).one()


def invited_case(session: Session, joint_review_id: UUID) -> UUID | None:
    """Return our own case that was opened for an invitation which waits for an answer."""
    asked = select(JointInvitation.id).where(JointInvitation.joint_review_id == joint_review_id)
    ids = set(session.exec(shown(asked)))
    question = select(Case.id).where(col(Case.invitation_id).in_(ids), Case.stage == Stage.INVITED)
    return session.exec(question).first()


def reviews_of(session: Session, case: Case) -> set[UUID]:
    """Return the joint reviews that our case takes or took part in, or was opened to join."""
    own = select(JointMembership.joint_review_id).where(JointMembership.case_id == case.id)
    asked = select(JointInvitation.joint_review_id).where(JointInvitation.id == case.invitation_id)
    invited = session.exec(shown(asked)) if case.invitation_id else ()
    return {*session.exec(own), *invited}


def signed_together(session: Session, joint_review_id: UUID) -> Sequence[SignOff]:
    """Return what all members signed in the joint review, in the order of signing."""
    question = select(SignOff).where(SignOff.joint_review_id == joint_review_id)
    ordered = shown(question.order_by(col(SignOff.at), col(SignOff.id)))
    key = ("signed together", joint_review_id)
    return remembered(session, key, lambda: session.exec(ordered).all())


def sign_off_shown(session: Session, sign_off_id: UUID) -> SignOff | None:
    """Return a signature of ours, or one that a fellow member of a joint review gave."""
    return session.exec(shown(select(SignOff).where(SignOff.id == sign_off_id))).one_or_none()
