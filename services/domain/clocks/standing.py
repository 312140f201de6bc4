"""How a duty stands today: waiting, near, late, or done in time, too early or too late."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from services.domain.clocks.counting import add_months, calendar_of
from services.domain.clocks.due_dates import DueDate
from services.domain.clocks.extra import ExtraClock
from services.domain.clocks.policy import NATIONAL, PartnershipPolicy
from services.domain.clocks.rules import ClockId, ClockRule, Unit
from services.domain.working_days import Calendar


class ClockState(StrEnum):
    """How a duty stands, in the words a person reads."""

    NOT_YET_OPEN = "not_yet_open"
    RUNNING = "running"
    NEAR = "near"
    NO_DATE = "no_date"
    UNSEEN = "unseen"
    LAST_DAY = "last_day"
    LATE = "late"
    MET = "met"
    MET_TOO_EARLY = "met_too_early"
    MET_LATE = "met_late"
    NOT_COME = "not_come"
    CAME_LATER = "came_later"


def standing_on(
    due: DueDate,
    today: date,
    *,
    done: date | None = None,
    warned_from: date | None = None,
    unseen: bool = False,
) -> ClockState:
    """Tell how the duty stands; a meeting before its window opens is a breach too (RR-44).

    A warned meeting has no date yet, which says nothing of its last day (K7). For K13, ``done`` is
    the day the report stopped being available, and it is never met by the calendar (PUB-29).
    """
    if done is not None:
        return _when_done(due, done)
    if due.clock is ClockId.K13:
        return ClockState.UNSEEN if unseen or today > due.due else ClockState.RUNNING
    if today >= due.due:
        return _at_its_end(due, today)
    if warned_from is not None and today >= warned_from:
        return ClockState.NO_DATE if due.clock is ClockId.K7 else ClockState.NEAR
    if due.opens is not None and today < due.opens:
        return ClockState.NOT_YET_OPEN
    return ClockState.RUNNING


def warning_days(
    due: DueDate,
    calendar: Calendar,
    policy: PartnershipPolicy = NATIONAL,
    *,
    has_date: bool = False,
) -> tuple[date, ...]:
    """Return the days on which to warn, earliest first (rules.md 2.2, a proposal).

    Numbers count from day 0 in the clock's unit; for K12 they count back from publication,
    for K14 they are days before the date set. A shorter local limit warns that much sooner. The
    meeting is warned of only while it has no date (K7).
    """
    if due.clock is ClockId.K7 and has_date:
        return ()
    rule = rule_of(due, policy)
    numbers = warning_numbers(rule, due.length, policy.warnings)
    calendar = calendar_of(rule, calendar, policy)
    if due.unit is Unit.SET_DATE:
        days = {due.due - timedelta(days=number) for number in numbers}
    elif due.unit is Unit.CALENDAR_DAYS:
        days = {due.anchored_on + timedelta(days=number) for number in numbers}
    elif rule.backward:
        days = {calendar.subtract_working_days(due.anchored_on, number) for number in numbers}
    elif due.unit is Unit.WORKING_DAYS:
        days = {calendar.add_working_days(due.anchored_on, number) for number in numbers}
    else:
        days = {add_months(due.anchored_on, number) for number in numbers}
    return tuple(sorted(days))


def rule_of(due: DueDate, policy: PartnershipPolicy) -> ClockRule:
    """Return the rule of a clock as the policy has it; of a step that it has not, as was counted.

    A case that was moved to another policy keeps the steps that were done or had passed.
    """
    try:
        return policy.rule(due.clock, due.code)
    except LookupError:
        return ExtraClock(
            code=due.code, name=due.title, anchor=due.anchor, length=due.length, unit=due.unit
        ).rule


def _at_its_end(due: DueDate, today: date) -> ClockState:
    """Tell how a duty stands on its last day and after; an expected answer is never late."""
    if today == due.due:
        return ClockState.LAST_DAY
    return ClockState.NOT_COME if due.is_expected_only else ClockState.LATE


def _when_done(due: DueDate, done: date) -> ClockState:
    if due.clock is ClockId.K13:
        return ClockState.MET if done >= due.due else ClockState.MET_TOO_EARLY
    if due.opens is not None and done < due.opens:
        return ClockState.MET_TOO_EARLY
    if done <= due.due:
        return ClockState.MET
    return ClockState.CAME_LATER if due.is_expected_only else ClockState.MET_LATE


def warning_numbers(
    rule: ClockRule, length: int, chosen: Mapping[ClockId, tuple[int, ...]]
) -> tuple[int, ...]:
    """Return the numbers of the days on which people are warned of a clock of that length.

    They are those that are chosen, or else the rule's own, sooner for a shorter limit. For K12 they
    count back from publication, for K14 from the day that is set.
    """
    if rule.clock in chosen:
        return chosen[rule.clock]
    if rule.clock is ClockId.K7 or rule.unit is Unit.SET_DATE:
        return rule.warn
    if rule.backward:
        return tuple(number + length - rule.length for number in rule.warn)
    return tuple(max(number + length - rule.length, 0) for number in rule.warn)
