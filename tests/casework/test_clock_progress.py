"""“Working day n of m; k left” always adds up: for every clock, policy and day (rules.md 2.2)."""

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as some

from services.calendars import england
from services.casework.effects.counts_kept import particulars
from services.database.clocks import RunningClock
from services.domain.clocks.counting import calendar_of, count_clock
from services.domain.clocks.due_dates import Anchors
from services.domain.clocks.rules import Anchor, ClockId
from services.web.view_models.clocks import progress
from tests.policy_factories import WITH_STEPS

SAID = re.compile(r"working day (\d+) of (\d+); (\d+) working days? left")
CLOCKS = [(ClockId(one), "") for one in ("K1", "K4", "K5", "K6", "K7", "K8", "K9", "K10")]
STEPS = [(ClockId.EXTRA, code) for code in (*WITH_STEPS.extra_clocks, "panel_answer")]


@settings(deadline=None)
@given(
    some.dates(date(2024, 1, 1), date(2040, 12, 31)),
    some.sampled_from(CLOCKS + STEPS),
    some.lists(some.integers(0, 60), max_size=6),
    some.integers(0, 60),
)
def test_n_of_m_working_days_and_what_is_left_always_add_up(start, clock, closed, later):
    days = {start + timedelta(days=number): "Closed" for number in closed}
    policy = replace(WITH_STEPS, closed_days=days)
    rule = policy.rule(*clock)
    on = dict.fromkeys(("aware", "referral", "notification", "receipt", "meeting"), start)
    due = count_clock(rule, Anchors(**on, submission=start), england(), policy)
    row = RunningClock(
        tenant_id=UUID(int=1),
        case_id=UUID(int=2),
        clock=clock[0],
        subject=clock[1],
        first_due=due.due,
        **particulars(due),
    )
    today = start + timedelta(days=later)
    counting = calendar_of(rule, england(), policy)
    said = progress(row, today, counting)
    if today > due.due:
        assert f"{counting.working_days_between(due.due, today)} working day" in said
    elif due.length == 0:
        assert said == "the same day"
    else:
        gone, whole, left = map(int, SAID.fullmatch(said).groups())
        assert gone + left == whole == due.length
        closed_early = clock[0] is ClockId.K7 and due.anchor is Anchor.NOTIFICATION
        # A meeting that the notification's window closes early counts the national days (E-13).
        days_of = england() if closed_early else counting
        assert (gone, left) == (
            days_of.working_days_between(start, today),
            days_of.working_days_between(today, due.due),
        )
