"""Working days, and the London day on which a moment falls."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from services.domain.working_days import (
    LONDON,
    Calendar,
    NoSuchTime,
    OutsideCalendar,
    at_london,
    happened_twice,
    london_date,
)

EASTER = Calendar({date(2026, 4, 6): "Easter Monday", date(2026, 4, 3): "Good Friday"})
BOXING_DAY = Calendar({date(2026, 12, 26): "Boxing Day"}, date(2026, 1, 1), date(2026, 12, 31))


def clock_showed(*parts, fold=0):
    return datetime(*parts, fold=fold)  # noqa: DTZ001 - a time as clocks in England showed it


def test_a_day_off_says_why_and_a_working_day_says_nothing():
    assert EASTER.why_not(date(2026, 4, 3)) == "bank holiday: Good Friday"
    assert EASTER.why_not(date(2026, 4, 4)) == "Saturday"
    assert EASTER.why_not(date(2026, 4, 7)) == ""
    assert BOXING_DAY.why_not(date(2026, 12, 26)) == "Saturday (Boxing Day)"


def test_counting_no_days_stays_where_it_is():
    assert EASTER.add_working_days(date(2026, 4, 4), 0) == date(2026, 4, 4)


def test_the_nearest_working_day_before_easter():
    assert EASTER.on_or_before(date(2026, 4, 5)) == date(2026, 4, 2)


def test_a_calendar_cannot_be_changed_by_whoever_made_it():
    given = {date(2026, 4, 3): "Good Friday"}
    calendar = Calendar(given)
    given.clear()
    assert not calendar.is_working_day(date(2026, 4, 3))
    with pytest.raises(TypeError):
        calendar.bank_holidays[date(2026, 4, 7)] = "Mine"


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1), date.max, date.min])
def test_a_day_whose_bank_holidays_are_unknown_is_refused(day):
    with pytest.raises(OutsideCalendar, match="outside the bank holidays we hold"):
        BOXING_DAY.is_working_day(day)
    with pytest.raises(OutsideCalendar):
        BOXING_DAY.add_working_days(day, 1)


def test_a_count_that_runs_out_of_the_calendar_is_refused():
    with pytest.raises(OutsideCalendar):
        BOXING_DAY.add_working_days(date(2026, 12, 30), 5)
    with pytest.raises(OutsideCalendar):
        EASTER.add_working_days(date.max - timedelta(days=1), 5)
    with pytest.raises(OutsideCalendar):
        EASTER.subtract_working_days(date.min, 1)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 4, 2, 22, 40, tzinfo=LONDON), date(2026, 4, 2)),
        (datetime(2026, 4, 3, 1, 0, tzinfo=timezone(timedelta(hours=9))), date(2026, 4, 2)),
        (datetime(2026, 7, 1, 20, 0, tzinfo=ZoneInfo("America/New_York")), date(2026, 7, 2)),
    ],
)
def test_a_moment_falls_on_the_day_it_was_in_england(moment, day):
    assert london_date(moment) == day


def test_a_moment_without_a_zone_has_no_london_day():
    with pytest.raises(ValueError, match="without a time zone"):
        london_date(clock_showed(2026, 4, 2, 22, 40))


def test_a_time_the_clocks_went_forward_over_is_refused():
    with pytest.raises(NoSuchTime, match="01:30 on Sun 29 Mar 2026 never happened"):
        at_london(clock_showed(2026, 3, 29, 1, 30))
    with pytest.raises(NoSuchTime):
        london_date(datetime(2026, 3, 29, 1, 30, tzinfo=LONDON))
    assert at_london(clock_showed(2026, 3, 29, 2, 0)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_time_that_happened_twice_is_known_and_both_are_the_same_day():
    twice = clock_showed(2026, 10, 25, 1, 30)
    assert happened_twice(twice)
    assert not happened_twice(clock_showed(2026, 10, 25, 2, 0))
    assert not happened_twice(clock_showed(2026, 3, 29, 1, 30))
    first, second = at_london(twice), at_london(twice.replace(fold=1))
    assert second - first == timedelta(hours=1)
    assert london_date(first) == london_date(second) == date(2026, 10, 25)


def test_a_time_with_a_zone_is_not_read_as_local():
    with pytest.raises(ValueError, match="already carries"):
        at_london(datetime(2026, 4, 2, tzinfo=UTC))
