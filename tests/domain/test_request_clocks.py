"""The golden dates of requests for information: month ends, weekends, stops, the whole kingdom."""

from datetime import date

import pytest

from services.calendars import england
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.policy_json import policy_from_json, policy_to_json
from services.domain.clocks.request_clocks import (
    AskedOfRequester,
    RequestDays,
    RequesterWait,
    RequestExtension,
    answer_due,
)
from services.domain.clocks.request_policy import RequestPolicy
from services.domain.errors import AnswerRefused, OutsidePolicy
from services.domain.information_requests import InformationRequestKind
from services.domain.working_days import OutsideCalendar

LAW = RequestPolicy()
SAR, FOI, COMPLAINT = InformationRequestKind


def day(text):
    return date.fromisoformat(text)


def waited(asked, since, until=None):
    return RequesterWait(asked=asked, since=day(since), until=day(until) if until else None)


def identity(since, until=None):
    return waited(AskedOfRequester.IDENTITY, since, until)


def clarity(since, until=None):
    return waited(AskedOfRequester.CLARIFICATION, since, until)


def due(kind, received, *waits, extended=None, policy=LAW, closed=None):
    extension = None
    if extended:
        extension = RequestExtension(length=extended, told_on=day(received))
    days = RequestDays(kind=kind, received_on=day(received), waits=waits, extension=extension)
    return answer_due(days, policy, england(), closed)


@pytest.mark.parametrize(
    ("received", "last"),
    [
        ("2026-03-10", "2026-04-10"),
        ("2028-01-31", "2028-02-29"),  # the last day of a shorter month
        ("2026-01-31", "2026-03-02"),  # 28 February is a Saturday
        ("2027-01-31", "2027-03-01"),  # 28 February is a Sunday
        ("2026-08-31", "2026-09-30"),
        ("2026-09-03", "2026-10-05"),  # 3 October is a Saturday
        ("2026-11-25", "2026-12-29"),  # Christmas, Saturday, Sunday, substitute day
        ("2026-03-03", "2026-04-07"),  # Good Friday to Easter Monday
        ("2026-02-17", "2026-03-17"),  # a bank holiday in Northern Ireland alone
    ],
)
def test_a_month_ends_on_the_same_day_and_goes_over_a_weekend(received, last):
    assert due(SAR, received).due == day(last)


def test_it_begins_when_proof_of_identity_came_and_stands_still_until_then():
    asked = due(SAR, "2026-01-12", identity("2026-01-14"))
    assert asked.due is None
    assert not asked.is_late(day("2030-01-01"))
    assert "stopped" in asked.account[0]
    came = due(SAR, "2026-01-12", identity("2026-01-14", "2026-01-31"))
    assert came.due == day("2026-03-02")
    assert came.extend_until == day("2026-02-28")
    assert "counts from Sat 31 Jan 2026" in came.account[0]


def test_the_days_on_which_clarity_is_awaited_do_not_count():
    """Asked on the 20th and answered on the 24th, five days do not count: 10 April and five."""
    assert due(SAR, "2026-03-10", clarity("2026-03-20")).due is None
    assert due(SAR, "2026-03-10", clarity("2026-03-20", "2026-03-24")).due == day("2026-04-15")
    twice = (clarity("2026-03-20", "2026-03-24"), clarity("2026-04-13", "2026-04-14"))
    assert due(SAR, "2026-03-10", *twice).due == day("2026-04-17")


def test_what_is_asked_after_the_last_day_stops_nothing():
    late = due(SAR, "2026-03-10", clarity("2026-04-11"))
    assert late.due == day("2026-04-10")
    assert late.is_late(day("2026-04-11"))
    assert not late.is_late(day("2026-04-10"))


def test_clarity_awaited_before_the_month_began_takes_no_day_twice():
    both = (identity("2026-03-11", "2026-03-20"), clarity("2026-03-11", "2026-03-22"))
    assert due(SAR, "2026-03-10", *both).due == day("2026-04-23")  # three days from the 20th
    before = (identity("2026-03-11", "2026-03-20"), clarity("2026-03-11", "2026-03-13"))
    assert due(SAR, "2026-03-10", *before).due == day("2026-04-20")


def test_an_extension_counts_its_months_from_the_beginning_and_is_told_within_the_first():
    extended = due(SAR, "2026-01-31", extended=2)
    assert extended.due == day("2026-04-30")
    assert extended.extend_until == day("2026-02-28")
    assert due(SAR, "2026-01-31", extended=1).due == day("2026-03-31")
    stopped = clarity("2026-03-20", "2026-03-24")
    assert due(SAR, "2026-03-10", stopped, extended=2).due == day("2026-06-15")


@pytest.mark.parametrize(
    ("received", "last"),
    [
        ("2026-01-02", "2026-01-30"),  # received on Scotland's 2 January: day one is Monday the 5th
        ("2026-03-09", "2026-04-09"),  # Saint Patrick's Day, Good Friday and Easter Monday
        ("2026-07-01", "2026-07-30"),  # the Battle of the Boyne, moved from Sunday to Monday
        ("2026-07-31", "2026-09-01"),  # Scotland's August holiday and England's
        ("2026-11-27", "2026-12-30"),  # Saint Andrew's Day, Christmas and its substitute day
        ("2026-08-08", "2026-09-07"),  # received on a Saturday
    ],
)
def test_twenty_working_days_skip_a_bank_holiday_of_any_part_of_the_kingdom(received, last):
    counted = due(FOI, received)
    assert counted.due == day(last)


def test_the_account_names_whose_holiday_was_not_counted():
    told = " ".join(due(FOI, "2026-03-09").account)
    assert "Tue 17 Mar 2026 (bank holiday: Saint Patrick's Day, Northern Ireland)" in told
    assert "Good Friday" in told


def test_a_request_counts_from_when_it_was_made_clear_and_a_wait_for_identity_stops_nothing():
    assert due(FOI, "2026-03-09", clarity("2026-03-11")).due is None
    made_clear = due(FOI, "2026-03-09", clarity("2026-03-11", "2026-08-08"))
    assert made_clear.due == day("2026-09-07")
    assert due(FOI, "2026-03-09", extended=20).due == day("2026-05-08")


def test_a_complaint_is_acknowledged_within_thirty_days_that_begin_with_its_receipt():
    counted = due(COMPLAINT, "2026-06-19")
    assert counted.acknowledge_by == day("2026-07-18")
    assert counted.due == day("2026-07-17")
    closed = england().closed_on({day("2026-06-22"): "Moving house"})
    assert due(COMPLAINT, "2026-06-19", closed=closed).due == day("2026-07-20")
    policy = RequestPolicy(complaint_answered_within=10)
    assert due(COMPLAINT, "2026-06-19", policy=policy).due == day("2026-07-03")


@pytest.mark.parametrize("kind", list(InformationRequestKind))
def test_a_day_outside_the_calendar_is_refused(kind):
    with pytest.raises(OutsideCalendar):
        due(kind, "2045-12-20")


@pytest.mark.parametrize(
    "said",
    [
        {"subject_access_months": 2},
        {"further_months": 3},
        {"freedom_of_information_days": 21},
        {"freedom_of_information_days": 0},
        {"further_days": 21},
        {"complaint_acknowledged_within": 31},
        {"complaint_answered_within": 61},
    ],
)
def test_a_policy_tightens_the_law_and_never_loosens_it(said):
    with pytest.raises(OutsidePolicy, match="information_requests"):
        PartnershipPolicy(information_requests=RequestPolicy(**said))


def test_a_policy_is_read_as_it_was_written():
    chosen = RequestPolicy(freedom_of_information_days=15, is_controller=True)
    policy = PartnershipPolicy(name="A partnership", information_requests=chosen)
    assert policy_from_json(policy_to_json(policy)) == policy
    assert policy_from_json({}).information_requests == LAW
    for wrong in ({"months": 1}, {"further_months": "2"}, {"is_controller": 1}, []):
        with pytest.raises(AnswerRefused):
            policy_from_json({"information_requests": wrong})
