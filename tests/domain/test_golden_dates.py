"""The golden dates of reliability 1.5: late proclamations, leap years, month ends."""

from datetime import date

import pytest

from services.calendars import england
from services.domain.clocks.counting import due_date
from services.domain.clocks.due_dates import Anchors
from services.domain.clocks.rules import ClockId

FUNERAL, CORONATION = date(2022, 9, 19), date(2023, 5, 8)


def known_before(proclaimed):
    return england().without_bank_holiday(proclaimed)


@pytest.mark.parametrize(
    ("calendar", "start", "five", "fifteen"),
    [
        (known_before(FUNERAL), "2022-09-08", "2022-09-15", "2022-09-29"),
        (england(), "2022-09-08", "2022-09-15", "2022-09-30"),
        (known_before(FUNERAL), "2022-08-30", "2022-09-06", "2022-09-20"),
        (england(), "2022-08-30", "2022-09-06", "2022-09-21"),
        (known_before(CORONATION), "2023-04-20", "2023-04-27", "2023-05-12"),
        (england(), "2023-04-20", "2023-04-27", "2023-05-15"),
        (england(), "2026-12-19", "2026-12-29", "2027-01-13"),
        (england(), "2026-12-24", "2027-01-05", "2027-01-19"),
        (england(), "2026-04-02", "2026-04-13", "2026-04-27"),
        (england(), "2024-02-27", "2024-03-05", "2024-03-19"),
        (england(), "2027-12-24", "2028-01-05", "2028-01-19"),
    ],
)
def test_five_and_fifteen_working_days_fall_where_the_table_says(calendar, start, five, fifteen):
    day = date.fromisoformat(start)
    anchors = Anchors(aware=day, notification=day)
    assert due_date(ClockId.K1, anchors, calendar).due.isoformat() == five
    assert due_date(ClockId.K10, anchors, calendar).due.isoformat() == fifteen


def test_a_holiday_proclaimed_again_is_the_same_calendar():
    again = known_before(FUNERAL).with_bank_holiday(FUNERAL, england().bank_holidays[FUNERAL])
    assert again == england()
    assert hash(again) == hash(england())
    assert again != known_before(FUNERAL)


@pytest.mark.parametrize(
    ("decided", "due"),
    [
        ("2026-08-31", "2027-02-28"),
        ("2023-08-31", "2024-02-29"),
        ("2023-08-29", "2024-02-29"),
        ("2025-08-29", "2026-02-28"),
        ("2026-03-31", "2026-09-30"),
        ("2024-02-29", "2024-08-29"),
        ("2027-03-31", "2027-09-30"),
    ],
)
def test_six_months_keep_the_day_or_clamp_to_the_end_of_the_month(decided, due):
    """LC-13, E-03: six months from the decision to the publication, which is the target."""
    review = due_date(ClockId.K11, Anchors(decision=date.fromisoformat(decided)), england())
    assert review.due.isoformat() == due
    assert review.target == england().on_or_before(review.due)


@pytest.mark.parametrize(
    ("published", "until"), [("2026-07-03", "2027-07-03"), ("2028-02-29", "2029-02-28")]
)
def test_a_report_stays_available_for_a_year(published, until):
    shown = due_date(ClockId.K13, Anchors(publication=date.fromisoformat(published)), england())
    assert shown.due.isoformat() == until
