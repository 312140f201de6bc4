"""Which clocks run, what they refuse, and how they stand."""

from datetime import UTC, date, datetime

import pytest

from services.calendars import england
from services.domain.clocks.counting import AnchorMissing, due_date, due_dates
from services.domain.clocks.due_dates import Anchors
from services.domain.clocks.order import OutOfOrder, must_be_in_order
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.rules import RULES, ClockId, Unit
from services.domain.clocks.standing import ClockState, standing_on, warning_days
from services.domain.working_days import OutsideCalendar

NOTIFIED = Anchors(notification=date(2025, 12, 15))


def ids(anchors):
    return [str(due.clock) for due in due_dates(anchors, england())]


def test_a_clock_runs_only_once_its_anchor_is_known():
    assert due_dates(Anchors(), england()) == ()
    assert ids(Anchors(aware=date(2026, 1, 5))) == ["K1", "K2", "K3", "K3b"]
    assert ids(Anchors(referral=date(2026, 1, 5))) == ["K5", "K7"]
    assert ids(NOTIFIED) == ["K4", "K10"]
    assert ids(Anchors(receipt=date(2026, 1, 5))) == ["K6"]
    assert ids(Anchors(meeting=date(2026, 1, 5))) == ["K8", "K9"]
    assert ids(Anchors(decision=date(2026, 1, 5))) == ["K11"]
    assert ids(Anchors(publication=date(2026, 1, 5))) == ["K12", "K13"]
    assert ids(Anchors(action_due=date(2026, 1, 5))) == ["K14"]
    assert ids(Anchors(closure=date(2026, 1, 5))) == ["K15"]


@pytest.mark.parametrize("clock", list(RULES))
def test_a_clock_without_its_anchor_says_what_is_missing(clock):
    with pytest.raises(AnchorMissing, match=f"{clock} counts from the"):
        due_date(clock, Anchors(), england())


def test_a_moment_is_never_taken_for_a_day():
    with pytest.raises(TypeError, match="take its London date first"):
        Anchors(aware=datetime(2026, 1, 5, tzinfo=UTC))


@pytest.mark.parametrize("day", [date(2009, 12, 31), date(2046, 1, 1), date.max, date.min])
def test_days_beyond_the_calendar_are_refused_and_not_guessed(day):
    for clock in RULES:
        if clock is ClockId.K3B and day.year < 2010:
            continue
        with pytest.raises(OutsideCalendar):
            due_date(clock, all_on(day), england())


def all_on(day):
    return Anchors(
        aware=day,
        referral=day,
        notification=day,
        receipt=day,
        meeting=day,
        decision=day,
        publication=day,
        action_due=day,
        closure=day,
    )


def test_an_action_is_due_on_the_day_that_was_set_even_a_sunday():
    action = due_date(ClockId.K14, Anchors(action_due=date(2026, 7, 5)), england())
    assert (action.due, action.unit) == (date(2026, 7, 5), Unit.SET_DATE)
    assert action.explain().startswith("Day 0 is Sun 5 Jul 2026, the action")


def test_the_explanation_says_trigger_days_skips_rule_and_version():
    assert due_date(ClockId.K4, Anchors(notification=date(2026, 4, 2)), england()).explain() == (
        "Day 0 is Thu 2 Apr 2026, the notification in England. "
        "Due 1 working day after day 0: Tue 7 Apr 2026. Counted: 1=Tue 7 Apr 2026. "
        "Skipped: Fri 3 Apr 2026 (bank holiday: Good Friday), Sat 4 Apr 2026 (Saturday), "
        "Sun 5 Apr 2026 (Sunday), Mon 6 Apr 2026 (bank holiday: Easter Monday). "
        "Rule RR-52, RR-43 (L), version Framework of March 2023, 2023-03."
    )


@pytest.mark.parametrize(
    ("anchors", "because"),
    [
        (Anchors(referral=date(2026, 1, 5), meeting=date(2026, 1, 4)), "meeting .* referral"),
        (Anchors(aware=date(2026, 1, 5), notification=date(2026, 1, 4)), "notification .* aware"),
        (
            Anchors(notification=date(2026, 1, 5), decision=date(2026, 1, 4)),
            "decision .* notification",
        ),
        (
            Anchors(decision=date(2026, 1, 5), publication=date(2026, 1, 4)),
            "publication .* decision",
        ),
        (Anchors(referral=date(2026, 1, 5), receipt=date(2026, 1, 4)), "scoping form .* referral"),
    ],
)
def test_days_that_contradict_each_other_are_refused(anchors, because):
    with pytest.raises(OutOfOrder, match=because):
        must_be_in_order(anchors)


def test_things_on_one_day_and_a_referral_after_notification_are_no_contradiction():
    must_be_in_order(all_on(date(2026, 1, 5)))
    must_be_in_order(Anchors(referral=date(2026, 1, 8), notification=date(2026, 1, 5)))


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        ("2025-12-16", ClockState.RUNNING),
        ("2025-12-31", ClockState.NEAR),
        ("2026-01-08", ClockState.LAST_DAY),
        ("2026-01-09", ClockState.LATE),
    ],
)
def test_a_rapid_review_stands_by_its_last_day(today, standing):
    review = due_date(ClockId.K10, NOTIFIED, england())
    warned = warning_days(review, england())[0]
    day = date.fromisoformat(today)
    assert standing_on(review, day, warned_from=warned) is standing
    assert standing_on(review, day, done=date(2026, 1, 8)) is ClockState.MET
    assert standing_on(review, day, done=date(2026, 1, 9)) is ClockState.MET_LATE


def test_a_meeting_window_stands_as_not_yet_open():
    window = due_date(ClockId.K7, Anchors(referral=date(2025, 12, 12)), england())
    assert standing_on(window, date(2025, 12, 22)) is ClockState.NOT_YET_OPEN
    assert standing_on(window, date(2025, 12, 23)) is ClockState.RUNNING


def test_a_meeting_is_warned_of_only_while_it_has_no_date():
    """K7: no date by day 2; that says nothing of its last day."""
    window = due_date(ClockId.K7, Anchors(referral=date(2025, 12, 12)), england())
    (day_2,) = warning_days(window, england())
    assert day_2 == date(2025, 12, 16)
    assert warning_days(window, england(), has_date=True) == ()
    assert standing_on(window, day_2, warned_from=day_2) is ClockState.NO_DATE
    assert standing_on(window, day_2) is ClockState.NOT_YET_OPEN
    assert standing_on(window, date(2026, 1, 5), warned_from=day_2) is ClockState.LAST_DAY


def test_a_report_taken_down_within_the_year_was_taken_down_too_early():
    shown = due_date(ClockId.K13, Anchors(publication=date(2026, 7, 3)), england())
    assert standing_on(shown, date(2027, 7, 2)) is ClockState.RUNNING
    assert standing_on(shown, date(2027, 7, 3)) is ClockState.RUNNING
    assert standing_on(shown, date(2027, 7, 4)) is ClockState.UNSEEN
    assert standing_on(shown, date(2026, 8, 3), unseen=True) is ClockState.UNSEEN
    assert standing_on(shown, date(2027, 7, 2), done=date(2027, 7, 1)) is ClockState.MET_TOO_EARLY
    assert standing_on(shown, date(2028, 1, 1), done=date(2027, 7, 3)) is ClockState.MET


def test_the_warnings_of_the_national_clocks():
    review = due_date(ClockId.K10, NOTIFIED, england())
    assert [f"{day:%d %b}" for day in warning_days(review, england())] == [
        "31 Dec",
        "06 Jan",
        "07 Jan",
    ]
    local = due_date(ClockId.K11, Anchors(decision=date(2026, 1, 5)), england())
    assert [day.month for day in warning_days(local, england())] == [4, 5, 6]
    notice = due_date(ClockId.K12, Anchors(publication=date(2028, 4, 20)), england())
    assert warning_days(notice, england()) == (date(2028, 4, 4),)
    action = due_date(ClockId.K14, Anchors(action_due=date(2026, 7, 31)), england())
    assert warning_days(action, england()) == (date(2026, 7, 1), date(2026, 7, 24))


def test_a_tighter_review_warns_sooner_unless_the_partnership_chose_its_own_days():
    tight = PartnershipPolicy(lengths={ClockId.K10: 12}, window_closes=10)
    own = PartnershipPolicy(
        lengths={ClockId.K10: 12}, window_closes=10, warnings={ClockId.K10: (2,)}
    )
    review = due_date(ClockId.K10, NOTIFIED, england(), tight)
    numbered = [review.counted.index(day) + 1 for day in warning_days(review, england(), tight)]
    assert numbered == [7, 10, 11]
    assert warning_days(review, england(), own) == (review.counted[1],)
