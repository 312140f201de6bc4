"""What of a case is marked police-sensitive, and which seats read it: no words of the case.

The database hides what is marked from everybody else (`migrations/police.sql`). The reason stands
in the entry of the act, which is hidden with it.
"""

from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Column, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, Session, col, select

from services.database.partnership_row import PartnershipRow, coded, moment, of_case
from services.domain.entry_types import Section
from services.domain.police_marks import ListedSeat
from services.domain.roles import Role, Seat

_HIDDEN_ENTRIES: Final = text("select sec.hidden_entries()")
_HIDDEN_DOCUMENTS: Final = text("select sec.hidden_documents()")


class PoliceMark(PartnershipRow, table=True):
    """One mark: on an entry with the papers made from it, or on a whole section of the case.

    ``document_id`` is the document that was named, if one was: the entry is the one that made it.
    ``partnerships`` are those whose listed seats read it, our own among them; ``agencies`` are
    those of ours whose leads do.
    """

    __tablename__ = "police_marks"
    __table_args__ = (
        of_case(),
        CheckConstraint("num_nonnulls(entry_id, section) = 1", name="a_mark_is_on_one_thing"),
        CheckConstraint("'police' = any (seats)", name="the_police_seat_reads_it"),
        Index("live_marks", "tenant_id", "case_id", postgresql_where=text("lifted_at is null")),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    entry_id: UUID | None = None
    document_id: UUID | None = None
    section: Section | None = Field(default=None, sa_column=coded(Section, optional=True))
    seats: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    partnerships: list[UUID] = Field(sa_column=Column(ARRAY(Uuid()), nullable=False))
    agencies: list[UUID] = Field(sa_column=Column(ARRAY(Uuid()), nullable=False))
    review_on: date
    marked_by: UUID
    role: Role = Field(sa_column=coded(Role))
    seat: Seat | None = Field(default=None, sa_column=coded(Seat, optional=True))
    marked_at: datetime = Field(sa_column=moment())
    lifted_by: UUID | None = None
    lifted_at: datetime | None = Field(default=None, sa_column=moment(optional=True))

    @property
    def listed(self) -> frozenset[ListedSeat]:
        """Return the seats that read it."""
        return frozenset(map(ListedSeat, self.seats))


def hidden_entries(session: Session) -> set[UUID]:
    """Return the entries that are hidden from the actor, whichever partnership's they are."""
    session.flush()
    return set(session.execute(_HIDDEN_ENTRIES).scalar_one())


def hidden_documents(session: Session) -> set[UUID]:
    """Return the documents that are hidden from the actor, whichever partnership's they are."""
    session.flush()
    return set(session.execute(_HIDDEN_DOCUMENTS).scalar_one())


def live_marks(session: Session, case_id: UUID) -> list[PoliceMark]:
    """Return the marks that hold on the case now, oldest first."""
    question = select(PoliceMark).where(
        PoliceMark.case_id == case_id, col(PoliceMark.lifted_at).is_(None)
    )
    return list(session.exec(question.order_by(col(PoliceMark.marked_at), col(PoliceMark.id))))


def marks_to_review(session: Session, today: date) -> list[PoliceMark]:
    """Return the partnership's marks whose day of review has come."""
    question = select(PoliceMark).where(
        col(PoliceMark.lifted_at).is_(None), col(PoliceMark.review_on) <= today
    )
    return list(session.exec(question.order_by(col(PoliceMark.review_on), col(PoliceMark.id))))
