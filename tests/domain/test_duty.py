"""Who on duty is called when: the first at once, each next one after so many hours (NOT-07)."""

from datetime import UTC, datetime, timedelta

import pytest

from services.domain.duty import call_due, to_call

SINCE = datetime(2026, 2, 6, 22, 0, tzinfo=UTC)
ROSTER = ["first", "second", "third"]


@pytest.mark.parametrize(
    ("after", "called"),
    [(0, 1), (119, 1), (120, 2), (239, 2), (240, 3), (100_000, 3)],
)
def test_each_next_one_is_called_after_the_hours_of_the_policy(after, called):
    now = SINCE + timedelta(minutes=after)
    assert to_call(ROSTER, SINCE, now, 2) == ROSTER[:called]


def test_nobody_on_duty_is_nobody_called():
    assert to_call([], SINCE, SINCE, 2) == []
    assert call_due(SINCE, 0, 2) == SINCE
