"""What holds for every clock, every day and every policy a partnership may have."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.calendars import england
from services.domain.clocks.counting import due_date, due_dates
from services.domain.clocks.due_dates import Anchors
from services.domain.clocks.policy import NATIONAL, PartnershipPolicy
from services.domain.clocks.rules import RULES, ClockId, Unit
from services.domain.clocks.standing import warning_days

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

DAYS = st.dates(date(2018, 1, 1), date(2040, 12, 31))
COUNTS = st.integers(1, 60)
WORKING_DAY_CLOCKS = [
    clock
    for clock, rule in RULES.items()
    if rule.unit is Unit.WORKING_DAYS and clock is not ClockId.K3B
]


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


@st.composite
def tighter_policies(draw):
    review = draw(st.integers(9, 15))
    record = draw(st.integers(1, 2))
    closes = draw(st.integers(7, min(13, review - record)))
    return PartnershipPolicy(
        name="A partnership",
        lengths={
            ClockId.K1: draw(st.integers(1, 5)),
            ClockId.K2: draw(st.integers(1, 5)),
            ClockId.K3: draw(st.integers(1, 5)),
            ClockId.K8: record,
            ClockId.K10: review,
            ClockId.K11: draw(st.integers(1, 6)),
            ClockId.K12: draw(st.integers(7, 20)),
            ClockId.K13: draw(st.integers(1, 5)),
        },
        window_opens=draw(st.integers(1, closes)),
        window_closes=closes,
        clear_days=draw(st.booleans()),
    )


@given(DAYS, st.integers(0, 400), st.sampled_from(list(RULES)))
def test_a_later_start_is_never_due_earlier(start, later, clock):
    if clock is ClockId.K3B:
        start = max(start, date(2023, 12, 15))
    after = min(start + timedelta(days=later), date(2041, 1, 1))
    first = due_date(clock, all_on(start), england())
    second = due_date(clock, all_on(max(start, after)), england())
    assert first.due <= second.due
    assert (first.opens or first.due) <= (second.opens or second.due)


@given(DAYS, tighter_policies(), st.sampled_from(WORKING_DAY_CLOCKS))
def test_a_working_day_clock_is_never_due_on_a_day_off(start, policy, clock):
    due = due_date(clock, all_on(start), england(), policy)
    assert england().is_working_day(due.due)
    assert due.opens is None or england().is_working_day(due.opens)


@given(DAYS, DAYS, tighter_policies(), st.sampled_from(WORKING_DAY_CLOCKS))
def test_the_explanation_recounts_to_the_same_day(start, notified, policy, clock):
    due = due_date(clock, replace(all_on(start), notification=notified), england(), policy)
    step = 1 if due.due > due.anchored_on else -1
    between = [
        due.anchored_on + timedelta(days=step * number)
        for number in range(1, abs((due.due - due.anchored_on).days) + 1)
    ]
    assert sorted([*due.counted, *(skip.day for skip in due.skipped)]) == sorted(between)
    assert len(due.counted) == due.length
    assert due.counted[-1] == due.due
    assert all(skip.why == england().why_not(skip.day) for skip in due.skipped)
    assert all(f"{number}=" in due.explain() for number in range(1, due.length + 1))


@given(DAYS, COUNTS)
def test_counting_back_undoes_counting_forward_between_working_days(start, count):
    calendar = england()
    worked = calendar.on_or_before(start)
    there = calendar.add_working_days(worked, count)
    assert calendar.subtract_working_days(there, count) == worked
    assert calendar.working_days_between(start, calendar.add_working_days(start, count)) == count


@given(DAYS, tighter_policies())
def test_a_tighter_policy_is_never_later_and_keeps_the_report_up_no_shorter(start, policy):
    national = {due.clock: due for due in due_dates(all_on(start), england())}
    for due in due_dates(all_on(start), england(), policy):
        if due.clock is ClockId.K13:
            assert due.due >= national[due.clock].due
        else:
            assert due.due <= national[due.clock].due


@given(DAYS, st.dates(date(2018, 1, 1), date(2041, 3, 1)))
def test_one_more_bank_holiday_never_brings_a_deadline_forward(start, proclaimed):
    later = england().with_bank_holiday(proclaimed, "Proclaimed")
    for clock in WORKING_DAY_CLOCKS:
        known, recounted = (due_date(clock, all_on(start), c) for c in (england(), later))
        if RULES[clock].backward:
            assert recounted.due <= known.due
        else:
            assert recounted.due >= known.due


@given(DAYS, st.booleans(), tighter_policies())
def test_warnings_come_before_the_last_day(start, tightened, policy):
    chosen = policy if tightened else NATIONAL
    for due in due_dates(all_on(start), england(), chosen):
        assert all(day <= due.due for day in warning_days(due, england(), chosen))
