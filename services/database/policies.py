"""The versions of the policy, what a second person said of each, and which agency adopted it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field, Session, UniqueConstraint, col, select

from services.database.partnership_row import PartnershipRow, moment, of_agency
from services.database.partnerships import PolicyVersion
from services.domain.errors import NotFound


class PolicyAdoption(PartnershipRow, table=True):
    """An agency's adoption of one version: who decided it there, and who put it on record."""

    __tablename__ = "policy_adoptions"
    __table_args__ = (
        of_agency(),
        UniqueConstraint("tenant_id", "agency_id", "version", name="one_adoption_of_a_version"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    agency_id: UUID
    version: int
    adopted_on: date
    decided_by: str
    recorded_by: UUID = Field(foreign_key="people.id")
    recorded_at: datetime = Field(sa_column=moment())


class PolicyAnswer(PartnershipRow, table=True):
    """What a second person said of a version that was raised; never the one who raised it."""

    __tablename__ = "policy_answers"
    __table_args__ = (
        CheckConstraint("answered_by <> raised_by", name="two_people_apply_a_policy"),
        ForeignKeyConstraint(
            ["tenant_id", "version", "raised_by"],
            ["policy_versions.tenant_id", "policy_versions.version", "policy_versions.raised_by"],
        ),
        ForeignKeyConstraint(["answered_by"], ["people.id"]),
    )

    version: int = Field(primary_key=True)
    raised_by: UUID
    is_approved: bool
    reasons: str = ""
    answered_by: UUID
    answered_at: datetime = Field(sa_column=moment())


def policy_answers(session: Session) -> dict[int, PolicyAnswer]:
    """Return what was said of each version, by its number."""
    return {one.version: one for one in session.exec(select(PolicyAnswer)).all()}


def policy_versions(session: Session) -> Sequence[PolicyVersion]:
    """Return every version of the partnership's policy, newest first."""
    question = select(PolicyVersion).order_by(col(PolicyVersion.version).desc())
    return session.exec(question).all()


def get_policy_version(session: Session, version: int) -> PolicyVersion:
    """Return one version; another partnership's is simply not found."""
    found = session.exec(
        select(PolicyVersion).where(PolicyVersion.version == version)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such version of the policy.")
    return found


def adoptions_of(session: Session, version: int) -> Sequence[PolicyAdoption]:
    """Return which agencies have adopted the version."""
    question = select(PolicyAdoption).where(PolicyAdoption.version == version)
    return session.exec(question.order_by(col(PolicyAdoption.recorded_at))).all()


def adoption_by(session: Session, version: int, agency_id: UUID) -> PolicyAdoption | None:
    """Return the agency's adoption of the version, if it is on record."""
    return session.exec(
        select(PolicyAdoption).where(
            PolicyAdoption.version == version, PolicyAdoption.agency_id == agency_id
        )
    ).one_or_none()
