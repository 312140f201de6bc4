"""How a clock of a case is told to people: its last day, how it stands, how it was counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.casework.effects import as_counted, policy_of
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.counting import calendar_of
from services.domain.clocks.due_dates import Remark
from services.domain.clocks.rules import RULES, ClockRule, Force, Unit
from services.domain.clocks.standing import ClockState, standing_on, warning_days
from services.domain.clocks.telling import TOLD
from services.domain.labels import label
from services.domain.plain_dates import weekday_day_month_year
from services.domain.working_days import Calendar

SOON: Final = 90
COLOURS: Final[Mapping[ClockState, str]] = {
    ClockState.NOT_YET_OPEN: "grey",
    ClockState.RUNNING: "blue",
    ClockState.NEAR: "yellow",
    ClockState.LAST_DAY: "orange",
    ClockState.LATE: "red",
    ClockState.MET: "green",
    ClockState.MET_TOO_EARLY: "orange",
    ClockState.MET_LATE: "orange",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockLine:
    """One clock as a page tells it."""

    row: RunningClock
    rule: ClockRule
    subject: str
    status: str
    colour: str
    last_day: str
    progress: str
    moved: str
    force: str

    @property
    def runs(self) -> bool:
        """Tell whether the duty is still to be done."""
        return self.row.met_on is None and self.row.ended_on is None

    @property
    def explained(self) -> str:
        """Say how its last day was counted."""
        return as_counted(self.row).explain()

    @property
    def told(self) -> str:
        """Say who is told when its last day is near or was missed."""
        return TOLD[self.rule.clock].in_words


def clock_line(
    work: UnitOfWork, case: Case, row: RunningClock, named: Mapping[str, str]
) -> ClockLine:
    """Tell how the clock stands today."""
    due, policy = as_counted(row), policy_of(case)
    counting = calendar_of(RULES[row.clock], work.calendar, policy)
    warned = warning_days(due, work.calendar, policy)
    standing = standing_on(
        due, work.today, done=row.met_on, warned_from=warned[0] if warned else None
    )
    ended = row.ended_on is not None and row.met_on is None
    return ClockLine(
        row=row,
        rule=RULES[row.clock],
        subject=named.get(row.subject, f"action {row.subject}" if row.subject else ""),
        status="ended" if ended else label(standing),
        colour="grey" if ended else COLOURS[standing],
        last_day=_last_day(row),
        progress="" if ended or row.met_on else _progress(row, work.today, counting),
        moved=next((one.text for one in due.notes if one.remark is Remark.HOLIDAYS_CHANGED), ""),
        force=", ".join(label(Force(code)) for code in row.force.split("/")),
    )


def _last_day(row: RunningClock) -> str:
    if row.met_on is not None:
        return f"Done on {weekday_day_month_year(row.met_on)}"
    if row.ended_on is not None:
        return f"Ended: {label(row.ended_because)}" if row.ended_because else "Ended"
    if row.opens is not None:
        opens, due = weekday_day_month_year(row.opens), weekday_day_month_year(row.due)
        return f"From {opens} to the end of {due}"
    return f"By the end of {weekday_day_month_year(row.due)}"


def _progress(row: RunningClock, today: date, counting: Calendar) -> str:
    """Say how far the count has come, such as working day 9 of 15, by the days that count here."""
    if today > row.due:
        days = counting.working_days_between(row.due, today)
        return f"{days} working {_days(days)} late"
    if row.unit != Unit.WORKING_DAYS:
        days = (row.due - today).days
        return f"{days} {_days(days)} left" if days <= SOON else ""
    if row.due < row.anchored_on:
        left = counting.working_days_between(today, row.due)
        return f"{left} working {_days(left)} left"
    if row.length == 0:
        return "the same day"
    # By the days that were counted, so that both always make the whole.
    gone = sum(day <= today for day in as_counted(row).counted)
    left = row.length - gone
    return f"working day {gone} of {row.length}; {left} working {_days(left)} left"


def _days(count: int) -> str:
    return "day" if count == 1 else "days"


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of the count: whether it counts, as which, or why it does not."""

    day: date
    number: int | None
    why: str


def counted_days(row: RunningClock) -> list[CountedDay]:
    """Return every day from the trigger on, counted or skipped, in order of the calendar."""
    due = as_counted(row)
    days = [CountedDay(day, number, "") for number, day in enumerate(due.counted, 1)]
    days += [CountedDay(skipped.day, None, skipped.why) for skipped in due.skipped]
    return sorted(days, key=lambda one: one.day)
