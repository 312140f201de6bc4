"""From which day a notice of lateness is asked for, and whether it comes before the breach."""

from datetime import date

import pytest

from services.calendars import england
from services.domain.clocks.counting import due_date
from services.domain.clocks.due_dates import Anchors
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.rules import ClockId
from services.domain.clocks.standing import warning_days
from services.domain.lateness import TellingTime, asked_from, time_of_telling

NOTIFIED, DECIDED = date(2025, 12, 15), date(2026, 1, 5)


@pytest.mark.parametrize(
    ("clock", "warnings", "day"),
    [
        (ClockId.K10, {}, date(2026, 1, 6)),  # RR-37: day 13 of 15; day 14 leaves one day only
        (ClockId.K10, {ClockId.K10: (9,)}, date(2025, 12, 30)),
        (ClockId.K10, {ClockId.K10: (14,)}, date(2026, 1, 6)),
        (ClockId.K11, {}, date(2026, 6, 5)),  # LC-15: a month before
        (ClockId.K11, {ClockId.K11: (2, 4)}, date(2026, 5, 5)),
    ],
)
def test_the_notice_is_asked_for_at_the_last_warning_that_leaves_time(clock, warnings, day):
    policy = PartnershipPolicy(warnings=warnings)
    due = due_date(clock, Anchors(notification=NOTIFIED, decision=DECIDED), england(), policy)
    assert asked_from(due.due, warning_days(due, england(), policy), england()) == day


@pytest.mark.parametrize(
    ("expected", "today", "told"),
    [
        ("2026-07-05", "2026-06-01", TellingTime.NOT_NEEDED),
        ("2026-07-06", "2026-07-05", TellingTime.IN_TIME),
        ("2026-09-01", "2026-07-06", TellingTime.LATE),
    ],
)
def test_a_notice_is_needed_beyond_the_last_day_and_late_after_it(expected, today, told):
    last = date(2026, 7, 5)
    assert time_of_telling(last, *map(date.fromisoformat, (expected, today))) is told
