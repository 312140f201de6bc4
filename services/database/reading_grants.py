"""Who was allowed to read about the family of one case, why, and until when."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlmodel import Field, Session, col, select

from services.database.partnership_row import PartnershipRow, moment, of_case


class ReadingGrant(PartnershipRow, table=True):
    """A chair's grant to one person; it ends by its day or by withdrawal (rules.md 4)."""

    __tablename__ = "reading_grants"
    __table_args__ = (of_case(), Index("reading_grants_of_a_case", "tenant_id", "case_id"))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    person_id: UUID
    reasons: str
    granted_by: UUID
    granted_at: datetime = Field(sa_column=moment())
    ends_on: date
    withdrawn_at: datetime | None = Field(default=None, sa_column=moment(optional=True))


def grant_in_force(
    session: Session, case_id: UUID, person_id: UUID, today: date
) -> ReadingGrant | None:
    """Return the person's grant on the case that holds on the day, its last day included."""
    question = select(ReadingGrant).where(
        ReadingGrant.case_id == case_id,
        ReadingGrant.person_id == person_id,
        col(ReadingGrant.ends_on) >= today,
        col(ReadingGrant.withdrawn_at).is_(None),
    )
    newest = question.order_by(col(ReadingGrant.granted_at).desc(), col(ReadingGrant.id))
    return session.exec(newest.limit(1)).first()


def people_with_grants(session: Session, case_id: UUID, today: date) -> set[UUID]:
    """Return who reads about the family of the case by a grant that holds on the day."""
    question = select(ReadingGrant.person_id).where(
        ReadingGrant.case_id == case_id,
        col(ReadingGrant.ends_on) >= today,
        col(ReadingGrant.withdrawn_at).is_(None),
    )
    return set(session.exec(question))


def cases_granted(session: Session, person_id: UUID, today: date) -> set[UUID]:
    """Return the cases on which the person reads about the family by a grant of that day."""
    question = select(ReadingGrant.case_id).where(
        ReadingGrant.person_id == person_id,
        col(ReadingGrant.ends_on) >= today,
        col(ReadingGrant.withdrawn_at).is_(None),
    )
    return set(session.exec(question))
