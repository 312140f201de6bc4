"""By when something is to be done and how it stands, in the words of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.casework.clock_standing import standing_today
from services.casework.needs import Need
from services.database.clocks import RunningClock
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.serving import OF_THE_RAPID_REVIEW
from services.domain.clocks.standing import ClockState
from services.domain.labels import label
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital
from services.web.view_models.clocks import COLOURS, days_left
from services.web.view_models.spare import spare_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoStanding:
    """How something stands: by which day, in words, with its tag, and what is to spare.

    An answer that is expected only is never late: once its day has passed it stands by today.
    """

    by: date | None
    words: str
    tag: str
    colour: str
    spare: str = ""

    @property
    def is_late(self) -> bool:
        """Tell whether its last day has passed, or what is published is not found."""
        return self.colour == "red"


def todo_standing(
    work: UnitOfWork, need: Need, running: Sequence[RunningClock], policy: PartnershipPolicy
) -> TodoStanding:
    """Say how it stands today; ``running`` are the time limits that run on its case."""
    tag, colour = _tag(work, need, policy)
    is_planned = need.clock is not None and need.clock.clock in OF_THE_RAPID_REVIEW
    by = need.last_day
    return TodoStanding(
        by=max(by, work.today) if by is not None and need.is_expected_only else by,
        words=_words(work, need),
        tag=tag,
        colour=colour,
        spare=spare_in_words(work, need.case, running, policy) if is_planned else "",
    )


def _words(work: UnitOfWork, need: Need) -> str:
    """Say the last day, for which duty where it is not its own, and how far the count has come."""
    by, clock = need.last_day, need.clock
    if by is None:
        return ""
    until = f"the end of {weekday_day_month_year(by)}"
    if clock is None or clock.due != by:
        return f"By {until}{_late(work, by)}"
    count = days_left(work, need.case, clock)
    counted = f" ({count})" if count else ""
    if need.asked is None or need.asked.last_day is not None:
        return f"By {until}{counted}"
    return f"For “{clock.duty}”, by {until}{counted}"


def _late(work: UnitOfWork, by: date) -> str:
    days = work.calendar.working_days_between(by, work.today) if by < work.today else 0
    return f" ({days} working {'day' if days == 1 else 'days'} late)" if days else ""


def _tag(work: UnitOfWork, need: Need, policy: PartnershipPolicy) -> tuple[str, str]:
    """Return the words and the colour of how it stands: late, today, tomorrow, near, or to do."""
    by, clock = need.last_day, need.clock
    if by is not None and not need.is_expected_only:
        if by < work.today:
            return "Late", "red"
        if by <= work.today + timedelta(days=1):
            return ("Due today", "orange") if by == work.today else ("Due tomorrow", "yellow")
    if clock is not None and clock.due == by:
        state = standing_today(work, need.case, clock, policy)
        if need.asked is None or state is ClockState.NEAR:
            return capital(label(state)), COLOURS[state]
    return "To do", "blue"
