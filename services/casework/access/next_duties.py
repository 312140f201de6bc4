"""Which duty is due next on each case, asked of the database, and how soon it is due."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import and_, not_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import Subquery
from sqlmodel import col, select

from services.database.clocks import RunningClock
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.extra import PANEL_ANSWER
from services.domain.clocks.rules import ClockId
from services.domain.roles import Permission

OVERDUE, LAST_DAY, SOON, AFTER, NONE_RUNS = "overdue", "last_day", "soon", "after", "none_runs"
SOON_DAYS: Final = 5


def soon_until(work: UnitOfWork) -> date:
    """Return the last day on which a duty counts as due soon: five working days from today."""
    return work.calendar.add_working_days(work.today, SOON_DAYS)


def next_clocks(work: UnitOfWork) -> Subquery:
    """Return the duty that is due next on each case.

    Not that a report is kept available (K13), nor an answer that is expected and owed by no rule.
    """
    is_expected = and_(
        col(RunningClock.clock) == ClockId.EXTRA, col(RunningClock.subject) == PANEL_ANSWER
    )
    case_id, clock_id, due = (
        col(RunningClock.case_id),
        col(RunningClock.id),
        col(RunningClock.due),
    )
    question = select(case_id, clock_id, due).where(
        col(RunningClock.met_on).is_(None),
        col(RunningClock.ended_on).is_(None),
        col(RunningClock.clock) != ClockId.K13,
        not_(is_expected),
    )
    if not work.actor.may(Permission.READ_CASE):
        agency = work.actor.agency_id
        question = question.where(col(RunningClock.subject) == (str(agency) if agency else None))
    order = (case_id, due, col(RunningClock.clock), clock_id)
    return question.ext(distinct_on(case_id)).order_by(*order).subquery()


def stands(work: UnitOfWork, clock: str, following: Subquery) -> ColumnElement[bool]:
    """Return the condition that the next duty of a case stands as the code says."""
    return _STANDING[clock](following.c.due, work.today, soon_until(work))


_STANDING: Final[Mapping[str, Callable[[Any, date, date], ColumnElement[bool]]]] = {
    OVERDUE: lambda due, today, _: due < today,
    LAST_DAY: lambda due, today, _: due == today,
    SOON: lambda due, today, until: and_(due > today, due <= until),
    AFTER: lambda due, _, until: due > until,
    NONE_RUNS: lambda due, _, __: due.is_(None),
}
