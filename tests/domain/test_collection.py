"""When a recipient is rung about what it has not collected, and when an address runs out."""

from datetime import date

import pytest

from services.calendars import england
from services.domain.collection import NATIONAL, ask_on, closes_on, watermark
from services.domain.dispatches import DispatchState, Sent, met_on, move_dispatch
from services.domain.errors import RuleBroken
from services.domain.recipients import Recipient

MONDAY = date(2026, 9, 21)


def test_p7_the_manager_is_asked_to_ring_on_wednesday():
    """P7: sent on Monday, due on Tuesday: the warning before the last day has passed already."""
    assert ask_on(MONDAY, date(2026, 9, 22), england()) == date(2026, 9, 23)


@pytest.mark.parametrize(
    ("last_day", "asked"),
    [
        (None, "2026-09-23"),
        ("2026-09-24", "2026-09-22"),
        ("2026-09-25", "2026-09-23"),
        ("2026-10-30", "2026-09-23"),
        ("2026-09-23", "2026-09-23"),
        ("2026-09-21", "2026-09-23"),
    ],
)
def test_the_first_of_two_days_is_when_the_manager_is_asked(last_day, asked):
    due = date.fromisoformat(last_day) if last_day else None
    assert ask_on(MONDAY, due, england()).isoformat() == asked


def test_an_address_is_open_for_ten_working_days():
    assert NATIONAL.open_for == 10
    assert closes_on(MONDAY, england()) == date(2026, 10, 5)
    assert closes_on(date(2026, 12, 23), england()) == date(2027, 1, 11)


def test_what_waits_to_be_collected_meets_nothing_and_counts_from_its_sending_afterwards():
    waits = Sent(Recipient.PANEL, DispatchState.TO_COLLECT, MONDAY)
    assert met_on([waits]) is None
    assert met_on([Sent(Recipient.PANEL, DispatchState.COLLECTED, MONDAY)]) == MONDAY
    for state in (DispatchState.EXPIRED, DispatchState.REVOKED):
        assert state.has_failed
        assert met_on([Sent(Recipient.PANEL, state, MONDAY)]) is None


@pytest.mark.parametrize("state", [DispatchState.EXPIRED, DispatchState.REVOKED])
def test_what_ran_out_or_was_taken_back_is_never_collected_after_all(state):
    for to in (DispatchState.COLLECTED, DispatchState.TO_COLLECT):
        with pytest.raises(RuleBroken):
            move_dispatch(state, to)


def test_a_watermark_says_whose_copy_it_is():
    said = watermark("NBL-2026-014", Recipient.PANEL, date(2026, 9, 23))
    assert said == "NBL-2026-014: collected by the Panel on Wednesday 23 September 2026"
