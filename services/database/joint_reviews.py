"""Joint reviews: each partnership's own rows of one, and what it lets another read.

Nobody writes another partnership's row. An invitation and what is granted are rows of the side that
shares, the reply and the membership rows of the side that joins; each is shown to the other side by
a policy. Whether a grant is in force is decided in the database (`migrations/sharing.sql`).
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Column, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, Session, UniqueConstraint, col, select

from services.database.cases import Case
from services.database.partnership_row import PartnershipRow, coded, moment, of_case, written
from services.database.remembered import remembered
from services.domain.joint_reviews import JointAnswer, JointPart
from services.domain.sign_off import SignOffMatter


class CaseGrant(PartnershipRow, table=True):
    """What one partnership lets another read of one case: one row a direction, two people, an end.

    A grant is never widened or prolonged: another one takes its place. The database checks
    ``granted_by`` against the signed context, and writes ``approved_by`` from it.
    """

    __tablename__ = "case_grants"
    __table_args__ = (
        of_case(),
        CheckConstraint("partnership_id <> tenant_id", name="a_grant_is_to_another"),
        CheckConstraint("approved_by <> granted_by", name="two_people_share"),
        CheckConstraint("cardinality(sections) > 0", name="a_grant_shares_something"),
        CheckConstraint("until_at <= granted_at + interval '401 days'", name="a_grant_ends"),
        Index(
            "one_live_grant_a_direction",
            "tenant_id",
            "case_id",
            "partnership_id",
            unique=True,
            postgresql_where=text("approved_at is not null and revoked_at is null"),
        ),
        Index("granted_to", "partnership_id", postgresql_where=text("revoked_at is null")),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    joint_review_id: UUID
    partnership_id: UUID
    sections: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    purpose: str
    lawful_basis: str
    granted_by: UUID
    granted_at: datetime = Field(sa_column=moment())
    approved_by: UUID | None = None
    approved_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    until_at: datetime = Field(sa_column=moment())
    revoked_by: UUID | None = None
    revoked_at: datetime | None = Field(default=None, sa_column=moment(optional=True))


class JointInvitation(PartnershipRow, table=True):
    """One partnership asks another to carry a review together; shown once its grant is approved."""

    __tablename__ = "joint_invitations"
    __table_args__ = (
        of_case(),
        CheckConstraint("partnership_id <> tenant_id", name="another_is_invited"),
        Index("invited", "partnership_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    joint_review_id: UUID
    partnership_id: UUID
    grant_id: UUID
    part: JointPart = Field(sa_column=coded(JointPart))
    reasons: str
    residence_id: UUID
    incident_id: UUID
    lead_id: UUID
    lead_reasons: str
    invited_by: UUID
    invited_at: datetime = Field(sa_column=moment())
    withdrawn_at: datetime | None = Field(default=None, sa_column=moment(optional=True))


class JointReply(PartnershipRow, table=True):
    """What the invited partnership answered, and on which case of its own it joins."""

    __tablename__ = "joint_replies"
    __table_args__ = (of_case(), Index("replied_to", "partnership_id"))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    invitation_id: UUID
    partnership_id: UUID
    case_id: UUID | None = None
    answer: JointAnswer = Field(sa_column=coded(JointAnswer))
    reasons: str
    notified_on: date | None = None
    replied_by: UUID
    replied_at: datetime = Field(sa_column=moment())


class JointMembership(PartnershipRow, table=True):
    """That one case of the partnership is part of a joint review, in which part, with which seats.

    ``parties`` are the partnership's own seats on the day it joined; its fellow members read them.
    ``shared_run`` is the flow run that carried what was shared, kept by who led when that ended.
    """

    __tablename__ = "joint_memberships"
    __table_args__ = (
        of_case(),
        UniqueConstraint("tenant_id", "joint_review_id", "from_at", name="one_part_at_a_time"),
        Index(
            "one_joint_review_a_case",
            "tenant_id",
            "case_id",
            unique=True,
            postgresql_where=text("until_at is null"),
        ),
        Index("members_of", "joint_review_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    joint_review_id: UUID
    part: JointPart = Field(sa_column=coded(JointPart))
    is_lead: bool
    parties: list[dict[str, Any]] = Field(sa_column=written())
    from_at: datetime = Field(sa_column=moment())
    until_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    shared_run: UUID | None = None


class FiledWords(PartnershipRow, table=True):
    """The words of one round that our parties signed in a joint review, filed in our own case.

    ``words`` have the digest ``sha256``; ``names`` are those of the people and agencies in them,
    ``said`` the entries whose words they are, on whichever side.
    The partnership whose case carried them may end what it shows; this row stays.
    """

    __tablename__ = "filed_words"
    __table_args__ = (
        of_case(),
        UniqueConstraint(
            "tenant_id", "case_id", "joint_review_id", "matter", "round", name="filed_once"
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    joint_review_id: UUID
    matter: SignOffMatter = Field(sa_column=coded(SignOffMatter))
    round: int
    carried_by: UUID
    words: list[dict[str, Any]] = Field(sa_column=written())
    names: dict[str, str] = Field(sa_column=written())
    sha256: str
    said: list[UUID] = Field(sa_column=Column(ARRAY(Uuid()), nullable=False))
    filed_at: datetime = Field(sa_column=moment())


def filed_words(session: Session, case_id: UUID, matter: SignOffMatter) -> list[FiledWords]:
    """Return what was filed of a matter on our case, oldest first."""
    question = select(FiledWords).where(FiledWords.case_id == case_id, FiledWords.matter == matter)
    return list(session.exec(question.order_by(col(FiledWords.filed_at), col(FiledWords.round))))


def all_filed(session: Session, case_id: UUID) -> list[FiledWords]:
    """Return everything that was filed in our case of what was signed together, oldest first."""
    question = select(FiledWords).where(FiledWords.case_id == case_id)
    return list(session.exec(question.order_by(col(FiledWords.filed_at), col(FiledWords.id))))


def grants_of(session: Session, case_id: UUID) -> list[CaseGrant]:
    """Return what was ever granted of the case, newest first."""
    question = select(CaseGrant).where(CaseGrant.case_id == case_id)
    return list(
        session.exec(question.order_by(col(CaseGrant.granted_at).desc(), col(CaseGrant.id)))
    )


def waiting_grants(session: Session, case_id: UUID) -> list[CaseGrant]:
    """Return the grants of the case that wait for the second person, oldest first."""
    question = select(CaseGrant).where(
        CaseGrant.case_id == case_id,
        col(CaseGrant.approved_at).is_(None),
        col(CaseGrant.revoked_at).is_(None),
    )
    return list(session.exec(question.order_by(col(CaseGrant.granted_at), col(CaseGrant.id))))


def invitations_of(session: Session, case_id: UUID) -> list[JointInvitation]:
    """Return the invitations that the case's own partnership sent, newest first."""
    question = select(JointInvitation).where(JointInvitation.case_id == case_id)
    newest = question.order_by(col(JointInvitation.invited_at).desc(), col(JointInvitation.id))
    return list(session.exec(newest))


def case_of_invitation(session: Session, invitation_id: UUID) -> UUID | None:
    """Return our own case that was opened for an invitation of another partnership."""
    question = select(Case.id).where(Case.invitation_id == invitation_id)
    return session.exec(question).one_or_none()


def joined_by(session: Session, case_id: UUID) -> UUID | None:
    """Return our own case of the invitation by which this case joined a review, the newest."""
    question = select(JointReply).where(
        JointReply.case_id == case_id, JointReply.answer == JointAnswer.ACCEPTED
    )
    newest = question.order_by(col(JointReply.replied_at).desc(), col(JointReply.id))
    reply = session.exec(newest.limit(1)).first()
    return None if reply is None else case_of_invitation(session, reply.invitation_id)


def membership_of(session: Session, case_id: UUID) -> JointMembership | None:
    """Return the case's part in a joint review now, if it has one."""
    newest = newest_membership(session, case_id)
    return newest if newest is not None and newest.until_at is None else None


def newest_membership(session: Session, case_id: UUID) -> JointMembership | None:
    """Return the case's part in a joint review: the one it has now, or had last."""
    question = select(JointMembership).where(JointMembership.case_id == case_id)
    newest = question.order_by(
        col(JointMembership.until_at).desc().nulls_first(), col(JointMembership.id)
    )
    key = ("newest membership", case_id)
    return remembered(session, key, lambda: session.exec(newest.limit(1)).first())


def memberships_in(session: Session, reviews: set[UUID]) -> list[JointMembership]:
    """Return our own memberships in these joint reviews, also those that have ended."""
    if not reviews:
        return []
    question = select(JointMembership).where(col(JointMembership.joint_review_id).in_(reviews))
    return list(session.exec(question))


def case_in_review(session: Session, joint_review_id: UUID) -> UUID | None:
    """Return our own case in the joint review, if we take part in it now."""
    question = select(JointMembership.case_id).where(
        JointMembership.joint_review_id == joint_review_id,
        col(JointMembership.until_at).is_(None),
    )
    return session.exec(question).one_or_none()


def cases_in_reviews(session: Session) -> set[UUID]:
    """Return our cases that take or took part in a joint review."""
    return set(session.exec(select(JointMembership.case_id)))


def case_beside(session: Session, joint_review_id: UUID) -> UUID | None:
    """Return our own case that takes part in the joint review, or took part in it last."""
    question = select(JointMembership.case_id).where(
        JointMembership.joint_review_id == joint_review_id
    )
    newest = question.order_by(
        col(JointMembership.until_at).desc().nulls_first(), col(JointMembership.id)
    )
    return session.exec(newest.limit(1)).first()
