"""A partnership whose local limit is the same day: length 0 in its policy (rules.md 5A)."""

import pytest

from services.casework.effects.counts_kept import as_counted
from services.database.cases import get_case
from services.database.clocks import clocks
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.rules import ClockId
from services.domain.roles import Role
from services.web.view_models.clocks import ClockLine, clock_line
from services.web.view_models.policy import policy_lines
from tests.driven import Driven
from tests.world import make_world

POLICY = PartnershipPolicy(name="A quick partnership", lengths={ClockId.K8: 0})


@pytest.fixture
def case(app_engine) -> Driven:
    """A case whose meeting was on Tuesday 30 December 2025."""
    return Driven(make_world(app_engine, POLICY)).decide().notify().scope().meet()


def line(case: Driven, on: str) -> ClockLine:
    with case.world.act(Role.BUSINESS_MANAGER, on) as work:
        row = next(one for one in clocks(work.session, case.case_id) if one.clock == ClockId.K8)
        assert "Due the same day: Tue 30 Dec 2025." in as_counted(row).explain()
        return clock_line(work, get_case(work.session, case.case_id), row, {})


def test_the_record_is_due_on_the_day_of_the_meeting(case):
    assert (case.due("K8"), case.due("K9")) == ("2025-12-30", "2026-01-07")
    today, late = line(case, "2025-12-30 18:00"), line(case, "2025-12-31")
    assert (today.status, today.progress) == ("due today", "the same day")
    assert (late.status, late.progress) == ("late", "1 working day late")


def test_the_policy_page_says_so():
    (said,) = [one for one in policy_lines(POLICY) if one.clock == "K8"]
    assert (said.national, said.here, said.is_chosen) == ("2 working days", "the same day", True)
