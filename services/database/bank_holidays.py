"""Changes of the bank holidays, of the whole platform: proposed by one person, answered by another.

Both tables are only added to: a later change takes the place of an earlier one. They belong to no
partnership. Every genuine context reads them; they are written in a transaction of the
installation itself, which no partnership's transaction is (`sessions.of_installation`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKeyConstraint, func
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from services.domain.bank_holidays import OneOffDay, corrected
from services.domain.working_days import Calendar

_CLOCK: Final = func.clock_timestamp()
_APPROVED: Final = "approved_holidays"


def _database_clock() -> Column[datetime]:
    """Return a column for the database's own moment, which no practice clock moves."""
    return Column(DateTime(timezone=True), nullable=False, server_default=_CLOCK)


class HolidayProposal(SQLModel, table=True):
    """A day that is to be a bank holiday, one that is to be none any more, or both: a move."""

    __tablename__ = "holiday_proposals"
    __table_args__ = (
        CheckConstraint("held_on is not null or struck_out is not null", name="a_day_is_named"),
        UniqueConstraint("id", "proposed_by", name="one_proposer_of_a_proposal"),
    )

    id: UUID = Field(primary_key=True)
    held_on: date | None = None
    struck_out: date | None = None
    title: str
    source: str
    proposed_by: UUID = Field(foreign_key="people.id")
    proposed_at: datetime | None = Field(default=None, sa_column=_database_clock())

    @property
    def days(self) -> tuple[OneOffDay, ...]:
        """Return what the change does to each of its days."""
        told = ((self.struck_out, False), (self.held_on, True))
        return tuple(
            OneOffDay(day=day, title=self.title, source=self.source, held=held)
            for day, held in told
            if day is not None
        )


class HolidayAnswer(SQLModel, table=True):
    """What a second person said of a proposal; the database refuses an answer of the first."""

    __tablename__ = "holiday_answers"
    __table_args__ = (
        CheckConstraint("answered_by <> proposed_by", name="two_people_change_a_holiday"),
        ForeignKeyConstraint(
            ["proposal_id", "proposed_by"],
            ["holiday_proposals.id", "holiday_proposals.proposed_by"],
        ),
    )

    proposal_id: UUID = Field(primary_key=True)
    proposed_by: UUID
    is_approved: bool
    reasons: str = ""
    answered_by: UUID = Field(foreign_key="people.id")
    answered_at: datetime | None = Field(default=None, sa_column=_database_clock())


@dataclass(frozen=True, slots=True)
class ApprovedHolidays:
    """Every approved change in the order of the approvals, and when the newest was approved."""

    days: tuple[OneOffDay, ...] = ()
    newest_at: datetime | None = None


def approved_holidays(session: Session) -> ApprovedHolidays:
    """Return the approved changes, read once a transaction and only where days are counted."""
    known: ApprovedHolidays | None = session.info.get(_APPROVED)
    if known is None:
        known = _read_approved(session)
        session.info[_APPROVED] = known
    return known


def calendar_in_force(session: Session, predicted: Calendar) -> Calendar:
    """Return the calendar of this release as the approved changes correct it."""
    days = approved_holidays(session).days
    return _corrected(predicted, days) if days else predicted


def proposals(session: Session) -> Sequence[tuple[HolidayProposal, HolidayAnswer | None]]:
    """Return every proposal with its answer, newest first."""
    question = (
        select(HolidayProposal, HolidayAnswer)
        .join(
            HolidayAnswer,
            col(HolidayAnswer.proposal_id) == col(HolidayProposal.id),
            isouter=True,
        )
        .order_by(col(HolidayProposal.proposed_at).desc(), col(HolidayProposal.id))
    )
    return session.exec(question).all()


def _read_approved(session: Session) -> ApprovedHolidays:
    question = (
        select(HolidayProposal, HolidayAnswer)
        .join(HolidayAnswer, col(HolidayAnswer.proposal_id) == col(HolidayProposal.id))
        .where(col(HolidayAnswer.is_approved))
        .order_by(col(HolidayAnswer.answered_at), col(HolidayProposal.id))
    )
    with session.no_autoflush:
        found = session.exec(question).all()
    days = tuple(day for proposal, _answer in found for day in proposal.days)
    return ApprovedHolidays(days, found[-1][1].answered_at if found else None)


_corrected = lru_cache(maxsize=8)(corrected)
