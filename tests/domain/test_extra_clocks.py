"""The clocks that a partnership adds for itself, and the units that it chooses (5A, E-08, E-09)."""

from datetime import date

import pytest

from services.calendars import england
from services.domain.clocks.counting import due_date, due_dates, extra_due_dates
from services.domain.clocks.due_dates import Anchors
from services.domain.clocks.extra import MAY_BE_TOLD, PANEL_ANSWER
from services.domain.clocks.policy import NATIONAL
from services.domain.clocks.policy_json import policy_from_json, policy_to_json
from services.domain.clocks.rules import ClockId, Force
from services.domain.clocks.standing import ClockState, standing_on, warning_days
from services.domain.clocks.telling import who_is_told
from services.domain.errors import AnswerRefused, OutsidePolicy
from services.domain.recipients import Recipient

ON = Anchors(
    notification=date(2025, 12, 15), meeting=date(2025, 12, 30), submission=date(2026, 1, 7)
)
DEVON = {
    "name": "A county",
    "extra_clocks": {
        "copy": {"name": "Copy the notification to the office", "from": "notification", "days": 0},
        "progress": {
            "name": "Hold the progress meeting",
            "from": "notification",
            "opens": 2,
            "days": 10,
            "warn": [9],
            "tells": ["chair"],
        },
        "huddle": {"name": "Hold the executive huddle", "from": "notification", "days": 14},
        "family": {
            "name": "See the family",
            "from": "meeting",
            "days": 2,
            "unit": "calendar_days",
        },
    },
    "panel_answer_within": 10,
}


def counted(policy=DEVON, on=ON):
    found = extra_due_dates(on, england(), policy_from_json(policy))
    return {due.code: due for due in found}


def test_each_is_counted_from_its_event_as_by_hand():
    """5A: Devon's progress meeting on working days 2 to 10 and huddle on day 14; a copy at once."""
    found = counted()
    assert {code: (due.opens, due.due) for code, due in found.items()} == {
        "copy": (None, date(2025, 12, 15)),
        "progress": (date(2025, 12, 17), date(2025, 12, 31)),
        "huddle": (None, date(2026, 1, 7)),
        "family": (None, date(2026, 1, 1)),
        PANEL_ANSWER: (None, date(2026, 1, 21)),
    }
    assert found["family"].target == date(2025, 12, 31), "New Year's Day is no working day"
    assert "Due the same day: Mon 15 Dec 2025." in found["copy"].explain()
    assert "Due 2 calendar days after day 0: Thu 1 Jan 2026." in found["family"].explain()
    assert all(due.force == Force.L and due.title == due.duty for due in found.values())


def test_they_are_never_among_the_clocks_of_the_framework():
    policy = policy_from_json(DEVON)
    national = due_dates(ON, england(), NATIONAL)
    assert due_dates(ON, england(), policy) == tuple(
        due for due in due_dates(ON, england(), policy) if due.clock is not ClockId.EXTRA
    )
    assert [due.due for due in due_dates(ON, england(), policy)] == [due.due for due in national]


def test_closed_days_are_left_out_of_them_and_the_account_says_whose():
    due = counted(DEVON | {"closed_days": {"2025-12-29": "Closed", "2025-12-30": "Closed"}})
    assert due["huddle"].due == date(2026, 1, 9)
    assert "A county does not count the days on which it is closed" in due["huddle"].explain()
    assert "closed here: Closed" in due["huddle"].explain()


def test_the_panels_answer_is_expected_and_never_late():
    """2.1: no rule gives the Panel a time, so no state of it says that a duty was missed."""
    due = counted()[PANEL_ANSWER]
    after, later = date(2026, 1, 22), date(2026, 2, 2)
    assert standing_on(due, date(2026, 1, 20)) is ClockState.RUNNING
    assert standing_on(due, after) is ClockState.NOT_COME
    assert standing_on(due, later, done=after) is ClockState.CAME_LATER
    huddle = counted()["huddle"]
    assert standing_on(huddle, after) is ClockState.LATE


def test_warnings_and_who_is_told_are_the_partnerships_own():
    policy = policy_from_json(DEVON)
    assert warning_days(counted()["progress"], england(), policy) == (date(2025, 12, 30),)
    assert who_is_told(policy, ClockId.EXTRA, "progress").both_times == (Recipient.CHAIR,)
    assert who_is_told(policy, ClockId.EXTRA, "huddle").in_words == ""


@pytest.mark.parametrize("clock", ["K8", "K9"])
def test_the_policy_says_whether_days_are_working_days(clock):
    """E-08, E-09: working days by default; calendar days where the policy says so."""
    calendar_days = policy_from_json({"units": {clock: "calendar_days"}, "lengths": {clock: 2}})
    working = policy_from_json({"lengths": {clock: 2}})
    assert due_date(ClockId(clock), ON, england(), working).due == date(2026, 1, 2)
    due = due_date(ClockId(clock), ON, england(), calendar_days)
    assert (due.due, due.target) == (date(2026, 1, 1), date(2025, 12, 31))
    assert policy_from_json(policy_to_json(calendar_days)) == calendar_days


@pytest.mark.parametrize(
    ("choice", "because"),
    [
        ({"units": {"K10": "calendar_days"}}, "for the local limits only"),
        ({"units": {"K7": "calendar_days"}}, "for the local limits only"),
        ({"units": {"K8": "years"}}, "for the local limits only"),
        ({"lengths": {"extra": 3}}, "says its own days"),
        ({"warnings": {"extra": [3]}}, "warnings of “"),
        ({"panel_answer_within": -1}, "from 0 to 366 days"),
        ({"panel_answer_within": 367}, "from 0 to 366 days"),
    ],
)
def test_what_no_policy_may_choose_is_refused(choice, because):
    with pytest.raises(OutsidePolicy, match=because):
        policy_from_json(choice)


@pytest.mark.parametrize(
    ("said", "because"),
    [
        ({"days": -1}, "from 0 to 366 days"),
        ({"days": 367}, "from 0 to 366 days"),
        ({"unit": "years"}, "counts one of: working_days, calendar_days"),
        ({"from": "closure"}, "counts from one of"),
        ({"opens": 6}, "opens before its last day"),
        ({"warn": [6]}, "warns before its last day"),
        ({"tells": ["panel"]}, "tells any of"),
    ],
)
def test_a_step_that_cannot_be_counted_started_or_told_is_refused(said, because):
    step = {"name": "A step", "from": "meeting", "days": 5} | said
    with pytest.raises(OutsidePolicy, match=because):
        policy_from_json({"extra_clocks": {"step": step}})


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("step", {"name": ""}),
        ("step", {"days": "5"}),
        ("step", {"from": "birth"}),
        ("step", {"colour": "red"}),
        ("step", {"tells": "chair"}),
        (PANEL_ANSWER, {}),
    ],
)
def test_what_is_no_step_is_refused_at_its_field(code, said):
    step = {"name": "A step", "from": "meeting", "days": 5} | said
    with pytest.raises(AnswerRefused) as refused:
        policy_from_json({"extra_clocks": {code: step}})
    assert refused.value.field.startswith(f"extra_clocks {code}")


def test_a_code_that_no_row_could_hold_is_refused():
    step = {"name": "A step", "from": "meeting", "days": 5}
    with pytest.raises(OutsidePolicy, match="small letters"):
        policy_from_json({"extra_clocks": {"A step": step}})


def test_a_policy_with_its_own_clocks_is_read_back_as_it_was():
    policy = policy_from_json(DEVON)
    assert policy_from_json(policy_to_json(policy)) == policy
    assert set(Recipient) > set(MAY_BE_TOLD)
