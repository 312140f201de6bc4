"""The hand-counted scenarios of the guidance, every date in them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.calendars import england
from services.domain.clocks.counting import due_date
from services.domain.clocks.due_dates import Anchors
from services.domain.clocks.policy import NATIONAL
from services.domain.clocks.rules import ClockId
from services.domain.clocks.standing import ClockState, standing_on
from services.domain.working_days import at_london, london_date

DAYS = {
    "1 aware": Anchors(aware=date(2025, 12, 11)),
    "1": Anchors(
        referral=date(2025, 12, 12),
        notification=date(2025, 12, 15),
        receipt=date(2025, 12, 15),
        meeting=date(2025, 12, 30),
        decision=date(2026, 1, 5),
        publication=date(2026, 7, 3),
    ),
    "2": Anchors(aware=date(2026, 4, 2), notification=date(2026, 4, 10), meeting=date(2026, 4, 23)),
    "2 referral": Anchors(referral=date(2026, 4, 3)),
    "3 death": Anchors(aware=date(2026, 5, 1)),
    "3 neglect": Anchors(aware=date(2026, 5, 14)),
    "4": Anchors(
        aware=date(2026, 5, 20),
        referral=date(2026, 5, 21),
        notification=date(2026, 5, 22),
        receipt=date(2026, 5, 22),
        meeting=date(2026, 6, 8),
    ),
    "5": Anchors(
        aware=date(2026, 8, 26),
        referral=date(2026, 8, 27),
        notification=date(2026, 8, 28),
        meeting=date(2026, 9, 10),
    ),
    "7": Anchors(decision=date(2027, 3, 31)),
    "7 moved": Anchors(publication=date(2028, 4, 20)),
    "10": Anchors(aware=date(2026, 9, 14)),
    "10 again": Anchors(aware=date(2026, 11, 9), notification=date(2026, 11, 13)),
}


@pytest.mark.parametrize(
    ("scenario", "clock", "due"),
    [
        ("1 aware", "K1", "2025-12-18"),
        ("1", "K4", "2025-12-16"),
        ("1", "K5", "2025-12-16"),
        ("1", "K6", "2025-12-22"),
        ("1", "K7", "2026-01-05"),
        ("1", "K8", "2026-01-02"),
        ("1", "K9", "2026-01-07"),
        ("1", "K10", "2026-01-08"),
        ("1", "K11", "2026-07-05"),
        ("1", "K12", "2026-06-24"),
        ("1", "K13", "2027-07-03"),
        ("2", "K1", "2026-04-13"),
        ("2", "K10", "2026-05-01"),
        ("2", "K8", "2026-04-27"),
        ("2 referral", "K5", "2026-04-08"),
        ("2 referral", "K7", "2026-04-23"),
        ("3 death", "K3", "2026-05-11"),
        ("3 neglect", "K1", "2026-05-21"),
        ("4", "K1", "2026-05-28"),
        ("4", "K5", "2026-05-26"),
        ("4", "K6", "2026-06-01"),
        ("4", "K7", "2026-06-10"),
        ("4", "K10", "2026-06-15"),
        ("5", "K1", "2026-09-03"),
        ("5", "K7", "2026-09-16"),
        ("5", "K8", "2026-09-14"),
        ("5", "K10", "2026-09-21"),
        ("7", "K11", "2027-09-30"),
        ("7 moved", "K12", "2028-04-07"),
        ("10", "K1", "2026-09-21"),
        ("10 again", "K1", "2026-11-16"),
        ("10 again", "K10", "2026-12-04"),
    ],
)
def test_every_date_of_the_scenarios_is_met(scenario, clock, due):
    assert due_date(ClockId(clock), DAYS[scenario], england()).due.isoformat() == due


@pytest.mark.parametrize(
    ("scenario", "opens"),
    [("1", "2025-12-23"), ("2 referral", "2026-04-15"), ("4", "2026-06-02"), ("5", "2026-09-08")],
)
def test_the_meeting_window_opens_on_the_seventh_working_day(scenario, opens):
    window = due_date(ClockId.K7, DAYS[scenario], england())
    assert window.opens is not None
    assert window.opens.isoformat() == opens


@pytest.mark.parametrize(
    ("scenario", "clock", "days"),
    [
        ("1", "K10", "12-16 12-17 12-18 12-19 12-22 12-23 12-24 12-29 12-30 12-31 01-02"),
        ("2", "K1", "04-07 04-08 04-09 04-10 04-13"),
        ("2", "K10", "04-13 04-14 04-15 04-16 04-17 04-20 04-21 04-22 04-23 04-24 04-27 04-28"),
        ("3 death", "K3", "05-05 05-06 05-07 05-08 05-11"),
        ("3 neglect", "K1", "05-15 05-18 05-19 05-20 05-21"),
        ("7 moved", "K12", "04-19 04-18 04-13 04-12 04-11 04-10 04-07"),
    ],
)
def test_the_days_counted_are_those_counted_by_hand(scenario, clock, days):
    counted = due_date(ClockId(clock), DAYS[scenario], england()).counted
    by_hand = days.split()
    assert [f"{day:%m-%d}" for day in counted][: len(by_hand)] == by_hand


def test_the_operational_target_of_a_sunday_is_the_friday_before():
    review = due_date(ClockId.K11, DAYS["1"], england())
    assert (review.due, review.target) == (date(2026, 7, 5), date(2026, 7, 3))
    assert "aim for Fri 3 Jul 2026" in review.explain()


def test_the_out_of_hours_call_counts_from_that_evening_and_not_from_the_next_office_day():
    heard = at_london(datetime(2026, 4, 2, 22, 40))  # noqa: DTZ001 - a clock in England showed it
    notice = due_date(ClockId.K1, Anchors(aware=london_date(heard)), england())
    assert notice.due == date(2026, 4, 13)
    assert notice.due != date(2026, 4, 14)
    assert [skip.why for skip in notice.skipped if "bank" in skip.why] == [
        "bank holiday: Good Friday",
        "bank holiday: Easter Monday",
    ]


def test_seven_calendar_days_before_publication_would_be_a_breach():
    notice = due_date(ClockId.K12, DAYS["7 moved"], england())
    assert standing_on(notice, date(2028, 4, 20), done=date(2028, 4, 13)) is ClockState.MET_LATE
    assert standing_on(notice, date(2028, 4, 20), done=date(2028, 4, 7)) is ClockState.MET


def test_half_past_eleven_at_night_in_june_is_already_july():
    sent = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    anchors = Anchors(notification=london_date(sent))
    assert due_date(ClockId.K10, anchors, england()).anchored_on == date(2026, 7, 1)


def test_a_meeting_on_the_sixth_working_day_is_an_early_breach():
    window = due_date(ClockId.K7, DAYS["1"], england())
    assert (
        standing_on(window, date(2026, 1, 5), done=date(2025, 12, 22)) is ClockState.MET_TOO_EARLY
    )
    for in_time in (date(2025, 12, 23), date(2025, 12, 30), date(2026, 1, 5)):
        assert standing_on(window, date(2026, 1, 5), done=in_time) is ClockState.MET
    assert standing_on(window, date(2026, 1, 6), done=date(2026, 1, 6)) is ClockState.MET_LATE


def test_a_referral_three_working_days_after_notification_closes_the_window_early():
    anchors = Anchors(notification=date(2026, 6, 1), referral=date(2026, 6, 4))
    window = due_date(ClockId.K7, anchors, england())
    assert (window.opens, window.due) == (date(2026, 6, 15), date(2026, 6, 18))
    assert window.due == england().add_working_days(date(2026, 6, 1), 13)
    assert (window.anchored_on, window.length) == (date(2026, 6, 1), 13)


def test_a_referral_long_after_notification_leaves_a_window_of_one_day_and_says_so():
    anchors = Anchors(notification=date(2026, 6, 1), referral=date(2026, 6, 12))
    window = due_date(ClockId.K7, anchors, england())
    assert window.opens == window.due == date(2026, 6, 18)
    assert "meet sooner" in window.explain()


def test_a_referral_before_notification_keeps_its_own_window():
    anchors = Anchors(notification=date(2026, 6, 4), referral=date(2026, 6, 1))
    assert due_date(ClockId.K7, anchors, england()).due == date(2026, 6, 18)


CLOSED = {date(2026, 12, day): "Council closed" for day in (28, 29, 30, 31)}


@pytest.mark.parametrize(
    ("clock", "anchors", "due"),
    [
        (ClockId.K10, Anchors(notification=date(2026, 12, 17)), date(2027, 1, 12)),
        (ClockId.K6, Anchors(receipt=date(2026, 12, 17)), date(2026, 12, 24)),
        (ClockId.K6, Anchors(receipt=date(2026, 12, 22)), date(2027, 1, 6)),
    ],
)
def test_p8_closed_days_of_a_partnership_count_for_national_limits_and_not_for_its_own(
    clock, anchors, due
):
    closed = replace(NATIONAL, name="Riverside", closed_days=CLOSED)
    counted = due_date(clock, anchors, england(), closed)
    assert counted.due == due
    is_named = "Riverside does not count the days on which it is closed" in counted.explain()
    assert is_named is (due == date(2027, 1, 6))
    if is_named:
        assert "Tue 29 Dec 2026 (closed here: Council closed)" in counted.explain()
        assert "Mon 28 Dec 2026 (bank holiday" in counted.explain()
        assert due_date(clock, anchors, england()).due == date(2026, 12, 31)


def test_closed_days_do_not_push_the_meeting_past_the_day_that_leaves_time_to_submit():
    """E-13: the cap that follows from the notification is national, whoever is closed."""
    closed = replace(NATIONAL, closed_days=CLOSED)
    referred = Anchors(referral=date(2026, 12, 17))
    own = due_date(ClockId.K7, referred, england(), closed)
    assert own.due > due_date(ClockId.K7, referred, england()).due
    notified = replace(referred, notification=date(2026, 12, 17))
    assert due_date(ClockId.K7, notified, england(), closed).due == date(2027, 1, 8)
    assert england().add_working_days(date(2026, 12, 17), 13) == date(2027, 1, 8)


def test_p3_a_day_proclaimed_in_mid_clock_moves_the_limit_and_one_struck_out_moves_it_back():
    notified = Anchors(notification=date(2026, 11, 25))
    assert due_date(ClockId.K10, notified, england()).due == date(2026, 12, 16)
    proclaimed = england().with_bank_holiday(date(2026, 12, 7), "A day of mourning")
    assert due_date(ClockId.K10, notified, proclaimed).due == date(2026, 12, 17)
    struck_out = proclaimed.without_bank_holiday(date(2026, 12, 7))
    assert due_date(ClockId.K10, notified, struck_out).due == date(2026, 12, 16)
