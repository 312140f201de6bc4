"""After any bank holidays were proclaimed and struck out, open clocks are as a fresh count (C1)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from services.calendars import england
from services.casework.effects.clocks import anchors, policy_of
from services.casework.steps.scoping import scoping
from services.database.cases import get_case
from services.database.clocks import clocks
from services.domain.clocks.counting import due_date
from services.domain.clocks.rules import ClockId
from services.domain.roles import Role
from tests import factories as say
from tests.driven import Driven
from tests.holidays import TITLE, notified, platform, platform_of

__all__ = ["platform", "platform_of"]
DAYS = [
    day
    for number in range(40)
    if (day := date(2026, 11, 24) + timedelta(days=number)).weekday() < 5
    and day not in england().bank_holidays
]


@pytest.mark.slow
def test_after_any_changes_every_open_clock_is_what_a_fresh_count_gives(platform):
    case = notified(platform.world)
    asked = say.request_returns(case.agency())
    case.do(scoping.request_returns, asked, Role.BUSINESS_MANAGER, "2026-11-26")
    held: set[date] = set()

    def toggle(day: date) -> None:
        if day in held:
            platform.change(struck_out=day.isoformat())
        else:
            platform.change(held=day.isoformat())
        held.symmetric_difference_update({day})

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(some.lists(some.sampled_from(DAYS), min_size=1, max_size=5), some.booleans())
    def holds(days: list[date], each: bool) -> None:  # noqa: FBT001 -- drawn
        for day in sorted(held):
            toggle(day)
        for day in days:
            toggle(day)
            if each:
                platform.recount("2026-11-26 12:00")
        platform.recount("2026-11-26 12:00")
        assert open_days(case) == fresh_days(case, held)

    holds()


def open_days(case: Driven) -> dict[str, tuple[date | None, date]]:
    """Return the open clocks that count working days, with their days."""
    with case.world.act(Role.BUSINESS_MANAGER, "2026-11-26") as work:
        return {
            one.clock.value: (one.opens, one.due)
            for one in clocks(work.session, case.case_id)
            if one.met_on is None and one.ended_on is None
        }


def fresh_days(case: Driven, held: set[date]) -> dict[str, tuple[date | None, date]]:
    """Count the same clocks afresh, by a calendar that was made without the record."""
    calendar = england()
    for day in held:
        calendar = calendar.with_bank_holiday(day, TITLE)
    with case.world.act(Role.BUSINESS_MANAGER, "2026-11-26") as work:
        row = get_case(work.session, case.case_id)
        known, policy = replace(anchors(row), receipt=date(2026, 11, 26)), policy_of(row)
    counted = {name: due_date(ClockId(name), known, calendar, policy) for name in open_days(case)}
    return {name: (due.opens, due.due) for name, due in counted.items()}
