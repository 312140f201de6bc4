"""What needs people on a case: time limits beside tasks, and what the plan leaves to spare."""

from datetime import timedelta

import pytest

from services.casework.clock_standing import TOMORROW, standing_today
from services.casework.effects import policy_of
from services.casework.needs import Need, needs_of_case, needs_seen
from services.domain.clocks.rules import ClockId
from services.domain.clocks.standing import ClockState
from services.domain.roles import Role, Seat
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.view_models.spare import spare_in_words
from tests.driven import Driven
from tests.world import HOSPITAL

MANAGER, CHAIR, PARTNER = (
    Role.BUSINESS_MANAGER,
    Role.REVIEW_GROUP_CHAIR,
    Role.SAFEGUARDING_PARTNER,
)


def by_themselves(needs: list[Need]) -> dict[ClockId, Need]:
    return {one.clock.clock: one for one in needs if one.asked is None and one.clock is not None}


@pytest.fixture
def met(case_at) -> Driven:
    """A case whose meeting was held: the record is due on 2 January, the submission on the 7th."""
    return case_at(Stage.RAPID_REVIEW, Driven.meet)


def test_the_manager_sees_the_limits_that_press_beside_what_the_chair_is_asked(met):
    """U5: the record, the telling and the submission are late or near, and the chair writes."""
    day = max(met.due("K8"), met.due("K9"))
    with met.world.act(MANAGER, f"{day} 09:00") as work:
        needs = needs_seen(work)
        alone = by_themselves(needs.mine)
        assert {ClockId.K8, ClockId.K9} <= set(alone)
        assert alone[ClockId.K8].beside
        assert all(one.last_day is not None for one in (*needs.mine, *needs.others))
        assert needs.mine == sorted(needs.mine, key=lambda one: one.last_day)
    with met.world.act(CHAIR, f"{day} 09:00") as work:
        assert not by_themselves(needs_seen(work).mine)


def test_a_limit_far_away_is_no_line_of_its_own(met):
    met_on = met.row().met_on
    with met.world.act(MANAGER, f"{met_on} 17:00") as work:
        alone = by_themselves(needs_seen(work).mine)
        far = [one.clock for one in alone.values() if one.last_day > work.today + TOMORROW]
        states = {standing_today(work, met.row(), one, policy_of(met.row())) for one in far}
        assert states <= {ClockState.NEAR}
        assert ClockId.K11 not in alone


def test_every_task_of_a_case_has_a_date_while_a_limit_runs(case_at):
    for stage in (Stage.RAPID_REVIEW, Stage.LOCAL_REVIEW):
        case = case_at(stage)
        with case.world.act(MANAGER, "2026-02-03 09:00") as work:
            found = needs_of_case(work, case.row())
            assert found
            assert [one.asked.todo for one in found if one.last_day is None] == []


def test_what_is_to_spare_hangs_on_the_record_after_the_meeting(met):
    with met.world.act(MANAGER, f"{met.row().met_on} 17:00") as work:
        (need, *_more) = needs_seen(work).others
        running = needs_seen(work).running[met.case_id]
        said = spare_in_words(work, need.case, running, policy_of(need.case))
        assert "to spare if the record goes by" in said
    over = work.today + timedelta(days=90)
    with met.world.act(MANAGER, f"{over} 09:00") as work:
        (need, *_more) = needs_seen(work).others
        running = needs_seen(work).running[met.case_id]
        assert spare_in_words(work, need.case, running, policy_of(need.case)) == ""


def test_before_the_meeting_it_hangs_on_the_last_day_of_its_window(case_at):
    case = case_at(Stage.RAPID_REVIEW)
    with case.world.act(MANAGER, "2025-12-17 09:00") as work:
        running = needs_seen(work).running[case.case_id]
        ends = {one.clock: one.due for one in running if not one.subject}
        assert {ClockId.K7, ClockId.K10} <= set(ends)
        said = spare_in_words(work, case.row(), running, policy_of(case.row()))
        assert "to spare if the meeting is by" in said


def test_who_reads_only_their_own_part_is_told_no_limit_of_the_case(case_at):
    case = case_at(Stage.RAPID_REVIEW)
    with case.world.act(Role.AGENCY_LEAD, "2026-01-30 09:00", agency=HOSPITAL) as work:
        needs = needs_seen(work)
        assert by_themselves(needs.mine) == {}
        assert {one.asked.todo for one in needs.mine} <= {Todo.SUBMIT_RETURN, Todo.CONFIRM_RETURN}
        assert all(one.subject for many in needs.running.values() for one in many)


def test_a_partner_is_not_told_of_the_managers_limits(met):
    with met.world.act(PARTNER, f"{met.due('K10')} 09:00", seat=Seat.POLICE) as work:
        assert by_themselves(needs_seen(work).mine) == {}
