"""Who on duty is called when: the first at once, each next one after so many hours (NOT-07)."""

from datetime import UTC, datetime, timedelta

import pytest

from services.domain.duty import call_due, lacks_cover, to_call, uncovered

SINCE = datetime(2026, 2, 6, 22, 0, tzinfo=UTC)
ROSTER = ["first", "second", "third"]


@pytest.mark.parametrize(
    ("after", "called"),
    [(0, 1), (119, 1), (120, 2), (239, 2), (240, 3), (100_000, 3)],
)
def test_each_next_one_is_called_after_the_hours_of_the_policy(after, called):
    """NOT-07: the next one covers."""
    now = SINCE + timedelta(minutes=after)
    assert to_call(ROSTER, SINCE, now, 2) == ROSTER[:called]


def test_nobody_on_duty_is_nobody_called():
    assert to_call([], SINCE, SINCE, 2) == []
    assert call_due(SINCE, 0, 2) == SINCE


def hours(*pairs: tuple[int, int]) -> list[tuple[datetime, datetime]]:
    return [(SINCE + timedelta(hours=one), SINCE + timedelta(hours=other)) for one, other in pairs]


@pytest.mark.parametrize(
    ("turns", "without"),
    [
        ([], [(0, 24)]),
        ([(0, 24)], []),
        ([(-5, 12), (10, 30)], []),
        ([(12, 20), (2, 8)], [(0, 2), (8, 12), (20, 24)]),
        ([(0, 30), (2, 4)], []),
        ([(30, 40)], [(0, 24)]),
    ],
)
def test_times_without_anybody_on_duty_are_found(turns, without):
    """NOT-07: cover for leave and for Christmas."""
    until = SINCE + timedelta(hours=24)
    assert uncovered(hours(*turns), SINCE, until) == hours(*without)


def test_one_registered_notifier_is_too_few():
    """NOT-07: enough registered users."""
    assert [lacks_cover(number) for number in (0, 1, 2)] == [True, True, False]
