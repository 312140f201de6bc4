"""A national limit that is counted otherwise is never later, on any day of five years (5A)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.calendars import england
from services.domain.clocks.counting import add_months, due_date, due_dates, extra_due_dates
from services.domain.clocks.due_dates import Anchors
from services.domain.clocks.other_counts import (
    ALWAYS_BEFORE,
    MAY_BE_COUNTED,
    OtherCount,
    longest_that_is_never_later,
    why_it_may_be_later,
)
from services.domain.clocks.policy import NATIONAL, PartnershipPolicy
from services.domain.clocks.policy_json import policy_from_json, policy_to_json
from services.domain.clocks.rules import RULES, Anchor, ClockId, Unit
from services.domain.errors import AnswerRefused, OutsidePolicy

FIRST, DAYS = date(2024, 1, 1), 5 * 365 + 2
EVERY_DAY = [FIRST + timedelta(days=number) for number in range(DAYS)]
APART = (0, 1, 2, 3, 6, 11, 45)
NAME_OF = {
    Anchor.INCIDENT: "incident",
    Anchor.AWARE: "aware",
    Anchor.NOTIFICATION: "notification",
    Anchor.DECISION: "decision",
}


def taken():
    """Yield the longest count that is taken, of every clock, event and unit."""
    for clock in MAY_BE_COUNTED:
        rule = RULES[clock]
        for unit in Unit:
            most = longest_that_is_never_later(rule, unit)
            for anchor in (rule.anchor, *ALWAYS_BEFORE.get(rule.anchor, ())) if most else ():
                yield clock, OtherCount(anchor=anchor, length=most, unit=unit)


TAKEN = list(taken())


def by_hand(other, start, calendar):
    if other.unit is Unit.CALENDAR_DAYS:
        return start + timedelta(days=other.length)
    if other.unit is Unit.CALENDAR_MONTHS:
        return add_months(start, other.length)
    return calendar.add_working_days(start, other.length)


@pytest.mark.in_turns
@pytest.mark.parametrize(("clock", "other"), TAKEN)
def test_what_is_taken_never_ends_after_the_national_day(clock, other):
    """5A, NOT-03, NOT-04, NOT-05, RR-34, LC-13: whatever day, however far apart the events are."""
    assert not why_it_may_be_later(clock, other)
    policy = PartnershipPolicy(name="A partnership", counted_otherwise={clock: other})
    rule, calendar = RULES[clock], england()
    apart = APART if other.anchor is not rule.anchor else (0,)
    for day in EVERY_DAY:
        national = due_date(clock, Anchors(**{NAME_OF[rule.anchor]: day}), calendar).due
        for days in apart:
            before = day - timedelta(days=days)
            assert by_hand(other, before, calendar) <= national, (day, days)
            known = Anchors(**{NAME_OF[rule.anchor]: day} | {NAME_OF[other.anchor]: before})
            here = due_date(clock, known, calendar, policy)
            assert here.due == min(national, max(by_hand(other, before, calendar), day)) or (
                here.due == national and by_hand(other, before, calendar) < day
            ), (day, days)


@pytest.mark.slow
@pytest.mark.parametrize(("clock", "other"), TAKEN)
def test_while_its_event_is_not_known_the_national_day_holds(clock, other):
    """5A: with anchors not yet known, and also where what was typed contradicts the order."""
    policy = PartnershipPolicy(name="A partnership", counted_otherwise={clock: other})
    rule, calendar = RULES[clock], england()
    assert clock not in {
        due.clock
        for due in due_dates(Anchors(**{NAME_OF[other.anchor]: FIRST}), calendar, policy)
        if other.anchor is not rule.anchor
    }
    if other.anchor is rule.anchor:
        return
    for day in EVERY_DAY:
        known = Anchors(**{NAME_OF[rule.anchor]: day})
        national = due_date(clock, known, calendar)
        assert due_date(clock, known, calendar, policy) == national
        odd = replace(known, **{NAME_OF[other.anchor]: day + timedelta(days=30)})
        assert due_date(clock, odd, calendar, policy).due <= national.due


@pytest.mark.parametrize(
    ("clock", "unit"),
    [("K1", Unit.CALENDAR_DAYS), ("K10", Unit.CALENDAR_DAYS), ("K11", Unit.CALENDAR_DAYS)],
)
def test_one_day_more_would_be_later_on_some_day_of_the_five_years(clock, unit):
    rule = RULES[ClockId(clock)]
    most = longest_that_is_never_later(rule, unit)
    longer = OtherCount(anchor=rule.anchor, length=most + 1, unit=unit)
    assert why_it_may_be_later(rule.clock, longer)
    assert any(
        day + timedelta(days=most + 1)
        > due_date(rule.clock, Anchors(**{NAME_OF[rule.anchor]: day}), england()).due
        for day in EVERY_DAY
    )


@pytest.mark.parametrize(
    ("clock", "told", "code", "due"),
    [
        # Five working days from Mon 15 Dec 2025: 16, 17, 18, 19, 22 (by hand).
        ("K1", {"from": "referral", "length": 5}, "k1_from_referral", date(2025, 12, 22)),
        # Twenty calendar days can end after fifteen working days: no holiday, from a Sunday.
        (
            "K10",
            {"from": "notification", "length": 20, "unit": "calendar_days"},
            "k10_from_notification",
            date(2026, 1, 4),
        ),
        # Fifteen working days from the referral; Christmas, Boxing Day, New Year's Day off.
        ("K10", {"from": "referral", "length": 15}, "k10_from_referral", date(2026, 1, 8)),
    ],
)
def test_what_could_be_later_is_kept_as_a_step_beside_the_national_limit(clock, told, code, due):
    """5A: the national day stays as it is, and the partnership's own is counted beside it."""
    told = {"unit": "working_days"} | told
    policy = policy_from_json({"counted_otherwise": {clock: told}})
    assert (policy.counted_otherwise, list(policy.extra_clocks)) == ({}, [code])
    assert policy_from_json(policy_to_json(policy)) == policy
    monday = date(2025, 12, 15)
    known = Anchors(aware=monday, referral=monday, notification=monday)
    assert [one.due for one in extra_due_dates(known, england(), policy)] == [due]
    assert due_date(ClockId(clock), known, england(), policy) == due_date(
        ClockId(clock), known, england()
    )


@pytest.mark.parametrize(
    ("told", "because"),
    [
        ({"K10": {"from": "incident", "length": 15, "unit": "working_days"}}, "may come after"),
        ({"K11": {"from": "meeting", "length": 6, "unit": "calendar_months"}}, "may come after"),
        ({"K11": {"from": "decision", "length": 120, "unit": "years"}}, "cannot be compared"),
        ({"K12": {"from": "decision", "length": 7, "unit": "years"}}, "national way only"),
        ({"K5": {"from": "referral", "length": 2, "unit": "working_days"}}, "national way only"),
        ({"K1": {"from": "aware", "length": 0, "unit": "working_days"}}, "a length of 1 or more"),
    ],
)
def test_what_could_be_neither_is_refused_with_the_reason(told, because):
    with pytest.raises(OutsidePolicy, match=because):
        policy_from_json({"counted_otherwise": told})


@pytest.mark.parametrize(
    "told",
    [
        [],
        {"K1": 5},
        {"K99": {}},
        {"K1": {"from": "aware", "length": 5, "unit": "working_days", "else": 1}},
        {"K1": {"from": "birth", "length": 5, "unit": "working_days"}},
        {"K1": {"from": "aware", "length": "5", "unit": "working_days"}},
        {"K1": {"from": "aware", "length": 5}},
    ],
)
def test_what_cannot_be_read_is_refused_with_the_field(told):
    with pytest.raises(AnswerRefused) as refused:
        policy_from_json({"counted_otherwise": told})
    assert refused.value.field.startswith("counted_otherwise")


def test_a_review_that_is_due_sooner_closes_the_meeting_window_sooner():
    """E-13, RR-44: what is counted in calendar days still leaves time for the record."""
    fortnight = OtherCount(anchor=Anchor.NOTIFICATION, length=14, unit=Unit.CALENDAR_DAYS)
    policy = PartnershipPolicy(name="A partnership", counted_otherwise={ClockId.K10: fortnight})
    calendar = england()
    for day in EVERY_DAY[::3]:
        known = Anchors(referral=day, notification=day)
        submit = due_date(ClockId.K10, known, calendar, policy).due
        meet = due_date(ClockId.K7, known, calendar, policy).due
        record = calendar.add_working_days(meet, policy.length(ClockId.K8))
        assert meet >= day
        assert record <= submit or meet == day
        assert meet <= due_date(ClockId.K7, known, calendar, NATIONAL).due


def test_the_account_says_that_it_is_counted_otherwise_and_what_the_national_day_is():
    policy = policy_from_json(
        {"counted_otherwise": {"K1": {"from": "incident", "length": 5, "unit": "working_days"}}}
    )
    assert policy_from_json(policy_to_json(policy)) == policy
    known = Anchors(incident=date(2025, 12, 10), aware=date(2025, 12, 11))
    told = due_date(ClockId.K1, known, england(), policy).explain()
    assert "Day 0 is Wed 10 Dec 2025, the incident in England." in told
    assert "nationally the last day is Thu 18 Dec 2025." in told
