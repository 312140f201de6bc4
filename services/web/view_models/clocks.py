"""How a clock of a case is told to people: its last day, how it stands, how it was counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.casework.clock_standing import NEVER_RAN, how_it_stands, standing_today
from services.casework.effects import as_counted, guidance_of, policy_of
from services.casework.steps.after_publication.away import away_in_words
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.counting import calendar_of
from services.domain.clocks.due_dates import DueDate, Remark
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.rules import ClockId, ClockRule, Force, Unit
from services.domain.clocks.standing import ClockState, rule_of
from services.domain.clocks.telling import who_is_told
from services.domain.labels import label
from services.domain.plain_dates import weekday_day_month_year
from services.domain.working_days import Calendar
from services.web.view_models.answers_confirmed import not_confirmed

SOON: Final = 90
_MOVED: Final = {
    Remark.HOLIDAYS_CHANGED,
    Remark.AGREED_LATER,
    Remark.KEPT_LONGER,
    Remark.BY_SCHEDULE,
}
BANK_HOLIDAYS: Final = "the bank holidays of England and Wales"
COLOURS: Final[Mapping[ClockState, str]] = {
    ClockState.NOT_YET_OPEN: "grey",
    ClockState.RUNNING: "blue",
    ClockState.NEAR: "yellow",
    ClockState.NO_DATE: "yellow",
    ClockState.UNSEEN: "red",
    ClockState.LAST_DAY: "orange",
    ClockState.LATE: "red",
    ClockState.MET: "green",
    ClockState.MET_TOO_EARLY: "orange",
    ClockState.MET_LATE: "orange",
    ClockState.NOT_COME: "yellow",
    ClockState.CAME_LATER: "green",
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
    confirmed: str
    force: str
    told: str
    calendar: str

    @property
    def runs(self) -> bool:
        """Tell whether the duty is still to be done."""
        return self.row.runs

    @property
    def explained(self) -> str:
        """Say how its last day was counted."""
        return as_counted(self.row).how_counted()


def clock_line(
    work: UnitOfWork, case: Case, row: RunningClock, named: Mapping[str, str]
) -> ClockLine:
    """Tell how the clock stands today."""
    due, policy = as_counted(row), policy_of(case)
    rule = rule_of(due, policy)
    counting = calendar_of(rule, work.calendar, policy)
    standing = standing_of(work, case, row)
    ended = row.ended_on is not None and row.met_on is None
    return ClockLine(
        row=row,
        rule=rule,
        subject=_subject(row, named),
        status=how_it_stands(work, case, row, policy),
        colour="grey" if ended else COLOURS[standing],
        last_day=_last_day(row),
        progress="" if ended or row.met_on else progress(row, work.today, counting),
        moved=_moved(work, case, row, due),
        confirmed=not_confirmed(work, case, row),
        force=", ".join(label(Force(code)) for code in row.force.split("/")),
        told=who_is_told(policy, row.clock, due.code).in_words,
        calendar=_calendar(rule, policy),
    )


def standing_of(work: UnitOfWork, case: Case, row: RunningClock) -> ClockState:
    """Tell how the duty stands today, as the case's policy warns of it."""
    return standing_today(work, case, row, policy_of(case))


def days_left(work: UnitOfWork, case: Case, row: RunningClock) -> str:
    """Say how far the count has come, by the calendar and the closed days that hold for it."""
    policy = policy_of(case)
    counting = calendar_of(rule_of(as_counted(row), policy), work.calendar, policy)
    return progress(row, work.today, counting)


def guidance_lines(case: Case) -> list[tuple[str, str]]:
    """Return by which guidance each step of the case is judged, with the step (GOV-03)."""
    return [(one.heading, one.text) for one in guidance_of(case)]


def _subject(row: RunningClock, named: Mapping[str, str]) -> str:
    if row.is_extra:
        return ""
    return named.get(row.subject, f"action {row.subject}" if row.subject else "")


def _calendar(rule: ClockRule, policy: PartnershipPolicy) -> str:
    """Say by which days off it was counted: national ones, and closed days for local clocks."""
    if rule.unit is not Unit.WORKING_DAYS:
        return "every day of the calendar"
    if rule.locked or not policy.closed_days:
        return BANK_HOLIDAYS
    return f"{BANK_HOLIDAYS}, and the closed days of {policy.name}"


def _moved(work: UnitOfWork, case: Case, row: RunningClock, due: DueDate) -> str:
    """Say that its last day moved; of a published report, on which days it was away (K13)."""
    if row.clock is ClockId.K13:
        return away_in_words(work, case)
    return next((one.text for one in due.notes if one.remark in _MOVED), "")


def _last_day(row: RunningClock) -> str:
    if row.met_on is not None:
        return f"Done on {weekday_day_month_year(row.met_on)}"
    if row.ended_on is not None:
        return _ended(row, row.ended_on)
    if row.opens is not None:
        opens, due = weekday_day_month_year(row.opens), weekday_day_month_year(row.due)
        return f"From {opens} to the end of {due}"
    return f"By the end of {weekday_day_month_year(row.due)}"


def _ended(row: RunningClock, ended_on: date) -> str:
    """Say why and when it ended, and its last day: a fresh decision keeps an earlier in sight."""
    why = f": {label(row.ended_because)}" if row.ended_because else ""
    if row.ended_because in NEVER_RAN:
        return f"Not applicable{why}"
    on, due = weekday_day_month_year(ended_on), weekday_day_month_year(row.due)
    return f"Ended on {on}{why}; its last day was {due}"


def progress(row: RunningClock, today: date, counting: Calendar) -> str:
    """Say how far the count has come, such as working day 9 of 15, by the days that count here."""
    if today > row.due:
        days = counting.working_days_between(row.due, today)
        since = "after the day" if as_counted(row).is_expected_only else "late"
        return f"{days} working {_days(days)} {since}"
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
