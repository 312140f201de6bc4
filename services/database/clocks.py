"""The clocks that run on each case, with the account of how each date was worked out."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Index, text
from sqlmodel import Field, Session, col, or_, select

from services.database.partnership_row import PartnershipRow, coded, moment, of_case, written
from services.domain.clocks.rules import Anchor, ClockEnding, ClockId, Unit
from services.domain.labels import label


class RunningClock(PartnershipRow, table=True):
    """One duty with a time limit on one case; an earlier date stays in ``first_due``.

    ``taken_back`` is a day on which it was shown as met, until that turned out not to be so. An
    extra clock of the partnership has its code as ``subject`` and its name as ``title``.
    ``seen_at`` is when the published report was last found at its address (K13), and
    ``unseen_since`` the day since which it is not; ``asked_at`` is when the address was last asked.
    """

    __tablename__ = "running_clocks"
    __table_args__ = (
        of_case(),
        Index(
            "one_open_clock_of_a_kind",
            "tenant_id",
            "case_id",
            "clock",
            "subject",
            unique=True,
            postgresql_where=text("ended_on is null and met_on is null"),
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID = Field(index=True)
    clock: ClockId = Field(sa_column=coded(ClockId))
    subject: str = ""
    anchor: Anchor = Field(sa_column=coded(Anchor))
    anchored_on: date
    opens: date | None = None
    due: date
    first_due: date
    target: date | None = None
    length: int
    unit: Unit = Field(sa_column=coded(Unit))
    force: str
    rule: str
    version: str
    title: str = ""
    account: dict[str, Any] = Field(sa_column=written())
    met_on: date | None = None
    taken_back: date | None = None
    seen_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    unseen_since: date | None = None
    asked_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    ended_on: date | None = None
    ended_because: ClockEnding | None = Field(
        default=None, sa_column=coded(ClockEnding, optional=True)
    )

    @property
    def duty(self) -> str:
        """Say what is to be done in time."""
        return self.title or label(self.clock)

    @property
    def runs(self) -> bool:
        """Tell whether the duty is still to be done: neither met nor ended otherwise."""
        return self.met_on is None and self.ended_on is None

    @property
    def is_extra(self) -> bool:
        """Tell whether the partnership set itself this time, and no rule did."""
        return self.clock is ClockId.EXTRA


def clocks(session: Session, case_id: UUID) -> list[RunningClock]:
    """Return every clock of the case, soonest first."""
    question = select(RunningClock).where(RunningClock.case_id == case_id)
    return list(
        session.exec(
            question.order_by(col(RunningClock.due), col(RunningClock.clock), col(RunningClock.id))
        )
    )


def open_clock(
    session: Session, case_id: UUID, clock: ClockId, subject: str = ""
) -> RunningClock | None:
    """Return the clock of this kind that still runs, if one does."""
    return session.exec(
        select(RunningClock).where(
            RunningClock.case_id == case_id,
            RunningClock.clock == clock,
            RunningClock.subject == subject,
            col(RunningClock.met_on).is_(None),
            col(RunningClock.ended_on).is_(None),
        )
    ).one_or_none()


def open_of_kind(session: Session, clock: ClockId) -> list[RunningClock]:
    """Return the partnership's clocks of this kind that still run."""
    question = select(RunningClock).where(
        RunningClock.clock == clock,
        col(RunningClock.met_on).is_(None),
        col(RunningClock.ended_on).is_(None),
    )
    return list(session.exec(question.order_by(col(RunningClock.id))))


def open_clocks(session: Session, *, due_by: date) -> list[RunningClock]:
    """Return the partnership's clocks that still run and are due by the day."""
    return list(
        session.exec(
            select(RunningClock)
            .where(
                col(RunningClock.met_on).is_(None),
                col(RunningClock.ended_on).is_(None),
                col(RunningClock.due) <= due_by,
            )
            .order_by(col(RunningClock.due), col(RunningClock.id))
        )
    )


def running_clocks(session: Session, case_ids: Collection[UUID]) -> list[RunningClock]:
    """Return the clocks of these cases that still run, soonest first."""
    question = select(RunningClock).where(
        col(RunningClock.case_id).in_(case_ids),
        col(RunningClock.met_on).is_(None),
        col(RunningClock.ended_on).is_(None),
    )
    return list(session.exec(question.order_by(col(RunningClock.due), col(RunningClock.id))))


def ended_clocks(session: Session, case_ids: Collection[UUID], since: date) -> list[RunningClock]:
    """Return the clocks of these cases that were met or ended on that day or after it."""
    question = select(RunningClock).where(
        col(RunningClock.case_id).in_(case_ids),
        or_(col(RunningClock.met_on) >= since, col(RunningClock.ended_on) >= since),
    )
    return list(session.exec(question.order_by(col(RunningClock.due), col(RunningClock.id))))
