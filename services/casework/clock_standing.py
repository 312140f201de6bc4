"""How a clock of a case stands today: by its own count, and by the policy that the case follows."""

import json
from datetime import timedelta
from typing import Final

from services.casework.effects import as_counted
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.counting import calendar_of
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.policy_json import stored_policy
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.clocks.standing import ClockState, rule_of, standing_on, warning_days
from services.domain.labels import label

TOMORROW: Final = timedelta(days=1)
_PRESSING: Final = frozenset(
    {
        ClockState.NEAR,
        ClockState.NO_DATE,
        ClockState.UNSEEN,
        ClockState.LAST_DAY,
        ClockState.LATE,
        ClockState.NOT_COME,
    }
)
# What did not apply at all: it is shown with why, and is not said to have ended.
NEVER_RAN: Final = frozenset({ClockEnding.URGENT_REDACTION})
PoliciesRead = dict[str, PartnershipPolicy]
"""The policies that were read so far, by their words: many cases follow the same one."""


def standing_today(
    work: UnitOfWork, case: Case, row: RunningClock, policy: PartnershipPolicy
) -> ClockState:
    """Tell how the clock stands today; ``policy`` is the one that the case follows."""
    due = as_counted(row)
    has_date = case.meeting_at is not None
    warned = warning_days(due, work.calendar, policy, has_date=has_date)
    return standing_on(
        due,
        work.today,
        done=row.met_on,
        warned_from=warned[0] if warned else None,
        unseen=row.unseen_since is not None,
    )


def how_it_stands(
    work: UnitOfWork, case: Case, row: RunningClock, policy: PartnershipPolicy
) -> str:
    """Say how the clock stands today, as every page and paper says it."""
    if row.ended_on is not None and row.met_on is None:
        return "not applicable" if row.ended_because in NEVER_RAN else "ended"
    return label(standing_today(work, case, row, policy))


def working_days_late(work: UnitOfWork, row: RunningClock, policy: PartnershipPolicy) -> int:
    """Return how many working days after its last day it was met, or is today; none in time."""
    until = row.met_on or row.ended_on or work.today
    counting = calendar_of(rule_of(as_counted(row), policy), work.calendar, policy)
    return counting.working_days_between(row.due, until) if until > row.due else 0


def presses(work: UnitOfWork, case: Case, row: RunningClock, read: PoliciesRead) -> bool:
    """Tell whether a clock that runs is late, near, or ends by tomorrow."""
    if row.due <= work.today + TOMORROW and row.clock is not ClockId.K13:
        return True
    words = json.dumps(case.policy, sort_keys=True)
    policy = read.get(words) or read.setdefault(words, stored_policy(case.policy))
    return standing_today(work, case, row, policy) in _PRESSING
