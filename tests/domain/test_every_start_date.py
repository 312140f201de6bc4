"""A counter written otherwise agrees, for every start date from 2018 to 2040.

It knows its own bank holidays (Easter by the Gregorian computus, Mondays by arithmetic),
and looks days up in a list of working days where the product walks from day to day.
"""

from bisect import bisect_left, bisect_right
from datetime import date

import pytest

from services.calendars import england
from services.domain.clocks.counting import due_date, due_dates
from services.domain.clocks.due_dates import Anchors
from services.domain.clocks.rules import ClockId, Unit

MOVED = {(2020, 5, 4): (2020, 5, 8), (2022, 5, 30): (2022, 6, 2)}
ADDED = [(2022, 6, 3), (2022, 9, 19), (2023, 5, 8)]
LENGTHS = {"K1": 5, "K2": 5, "K3": 5, "K3b": 5, "K4": 1, "K5": 2, "K6": 5, "K7": 13}
LENGTHS |= {"K8": 2, "K9": 5, "K10": 15, "K12": -7}


def easter(year):
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1).toordinal()


def monday_from(year, month, day):
    first = date(year, month, day)
    return first.toordinal() + (-first.weekday()) % 7


def bank_holidays(year):
    held = {easter(year) - 2, easter(year) + 1}
    held |= {monday_from(year, 5, 1), monday_from(year, 5, 25), monday_from(year, 8, 25)}
    for month, day in ((1, 1), (12, 25), (12, 26)):
        holiday = date(year, month, day).toordinal()
        while holiday in held or holiday % 7 in {6, 0}:
            holiday += 1
        held.add(holiday)
    for away, instead in MOVED.items():
        if away[0] == year:
            held = (held - {date(*away).toordinal()}) | {date(*instead).toordinal()}
    return held | {date(*day).toordinal() for day in ADDED if day[0] == year}


HELD = {day for year in range(2017, 2043) for day in bank_holidays(year)}
SPAN = range(date(2017, 1, 1).toordinal(), date(2042, 12, 31).toordinal())
WORKING = [day for day in SPAN if day % 7 not in {6, 0} and day not in HELD]


def naive(start, count):
    if count < 0:
        return date.fromordinal(WORKING[bisect_left(WORKING, start.toordinal()) + count])
    return date.fromordinal(WORKING[bisect_right(WORKING, start.toordinal()) + count - 1])


def all_on(day):
    return Anchors(
        aware=day, referral=day, notification=day, receipt=day, meeting=day, publication=day
    )


# Those of today's cases are quickly told; the others wait for the whole suite.
YEARS = [
    year if year in range(2023, 2029) else pytest.param(year, marks=pytest.mark.slow)
    for year in range(2018, 2041)
]


@pytest.mark.parametrize("year", YEARS)
def test_the_naive_counter_agrees_on_every_clock_for_every_start_date(year):
    first = date(year, 1, 1).toordinal()
    for ordinal in range(first, date(year + 1, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        counted = [
            due for due in due_dates(all_on(day), england()) if due.unit is Unit.WORKING_DAYS
        ]
        for due in counted:
            assert due.due == naive(day, LENGTHS[due.clock]), (day, due.clock)
            assert due.opens == (naive(day, 7) if due.clock == "K7" else None)
        missing = set(LENGTHS) - {str(due.clock) for due in counted}
        assert missing == ({"K3b"} if day < date(2023, 12, 15) else set())


@pytest.mark.parametrize("lag", [-10, -3, -1, 0, 1, 2, 3, 5, 8, 13, 20])
def test_the_window_is_always_the_earlier_of_thirteen_from_referral_and_notification(lag):
    for ordinal in range(date(2025, 11, 1).toordinal(), date(2026, 6, 1).toordinal()):
        notified, referred = date.fromordinal(ordinal), date.fromordinal(ordinal + lag)
        anchors = Anchors(notification=notified, referral=referred)
        window = due_date(ClockId.K7, anchors, england())
        assert window.due == min(naive(referred, 13), naive(notified, 13))
        assert window.opens == min(naive(referred, 7), window.due)
