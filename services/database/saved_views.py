"""The views of lists that people keep: codes, and what they typed, encrypted; one row a view.

A row is its keeper's alone: the database shows it to nobody else (policy ``own``, as of drafts).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field, Session, col, select

from services.database.partnership_row import PartnershipRow, moment


class SavedView(PartnershipRow, table=True):
    """How one person narrows and orders one list: its codes in the clear, their words sealed."""

    __tablename__ = "saved_views"
    __table_args__ = (Index("views_of_a_person", "tenant_id", "person_id"),)

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="people.id")
    of_list: str
    narrowed: str
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    kept_at: datetime = Field(sa_column=moment())


def views_of(session: Session, person_id: UUID) -> list[SavedView]:
    """Return the person's own views, the oldest first."""
    question = select(SavedView).where(SavedView.person_id == person_id)
    return list(session.exec(question.order_by(col(SavedView.kept_at), col(SavedView.id))))


def own_view(session: Session, person_id: UUID, view_id: UUID) -> SavedView | None:
    """Return the person's own view by its id, if there is one."""
    question = select(SavedView).where(SavedView.id == view_id, SavedView.person_id == person_id)
    return session.exec(question).one_or_none()
