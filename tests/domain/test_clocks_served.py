"""Which time limit a thing to do serves, and what the plan of a rapid review leaves to spare."""

from dataclasses import dataclass
from datetime import date

import pytest

from services.calendars import england
from services.domain.clocks.rules import ClockId
from services.domain.clocks.serving import clock_served
from services.domain.clocks.spare import working_days_to_spare
from services.domain.todos import Todo

AGENCY = "8c0f4b1c-0000-4000-8000-000000000001"


@dataclass
class Runs:
    clock: ClockId
    subject: str = ""


def served(todo: Todo, *running: Runs, agency: str = "") -> ClockId | None:
    found = clock_served(todo, running, agency=agency)
    return found.clock if found else None


def test_a_thing_serves_the_limit_of_its_act_then_of_its_step_then_the_next_of_the_case():
    k1, k8, k10, k11 = map(Runs, (ClockId.K1, ClockId.K8, ClockId.K10, ClockId.K11))
    assert served(Todo.SUBMIT, k8, k10) is ClockId.K10
    assert served(Todo.PROPOSE_DECISION, k8, k10) is ClockId.K8
    assert served(Todo.PROPOSE_DECISION, k10) is ClockId.K10
    assert served(Todo.APPOINT_REVIEWER, k10, k11) is ClockId.K11
    assert served(Todo.GIVE_VIEW, k1) is ClockId.K1
    assert served(Todo.GIVE_VIEW, k10, k11) is ClockId.K10
    assert served(Todo.CLOSE, Runs(ClockId.EXTRA, "of_ours")) is ClockId.EXTRA


def test_an_agencys_own_limit_is_nobody_elses_and_what_is_only_kept_is_nobodys():
    own = Runs(ClockId.K6, AGENCY)
    assert served(Todo.SUBMIT_RETURN, own, agency=AGENCY) is ClockId.K6
    assert served(Todo.SUBMIT_RETURN, own) is None
    assert served(Todo.SET_MEETING, own) is None
    kept = Runs(ClockId.K13), Runs(ClockId.K14, "1"), Runs(ClockId.K15)
    assert served(Todo.CLOSE, *kept) is None
    assert served(Todo.CONFIRM_AVAILABLE, *kept) is ClockId.K13


@pytest.mark.parametrize("todo", Todo)
def test_nothing_is_without_a_date_while_a_limit_of_its_case_runs(todo):
    for clock in set(ClockId) - {ClockId.K6, ClockId.K13, ClockId.K14, ClockId.K15}:
        assert served(todo, Runs(clock)) is clock


@pytest.mark.parametrize(
    ("meeting", "spare"),
    [("2025-12-10", 1), ("2025-12-11", 0), ("2025-12-12", -1), ("2025-12-05", 4)],
)
def test_what_is_to_spare_is_counted_backwards_from_the_submission(meeting, spare):
    """The record takes two working days (K8), the submission is due on Monday 15 December (K10)."""
    on, submit_by = date.fromisoformat(meeting), date(2025, 12, 15)
    assert working_days_to_spare(on, 2, submit_by, england()) == spare
