"""The list of cases that one page holds: by the next duty, the joint review and the reviewer."""

from datetime import date
from uuid import uuid4

import pytest

from services.casework.access.cases_listed import (
    BY_CLOCK,
    BY_REFERENCE,
    LED_BY_US,
    LED_ELSEWHERE,
    NOT_JOINT,
    CasesWanted,
    cases_listed,
    cases_to_declare_on,
)
from services.casework.access.next_duties import AFTER, LAST_DAY, NONE_RUNS, OVERDUE, SOON
from services.database.clocks import running_clocks
from services.domain.clocks.rules import ClockId
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.driven import Driven
from tests.many_cases import copy_case
from tests.world import HOSPITAL, SCHOOL

MANAGER, WHEN = Role.BUSINESS_MANAGER, "2026-02-02"


def listed(case: Driven, who: Role = MANAGER, when: str = WHEN, **wanted: object) -> list[object]:
    """Return the ids of the cases of every page, in their order."""
    where = {"agency": HOSPITAL} if who is Role.AGENCY_LEAD else {}
    with case.world.act(who, when, **where) as work:
        first = cases_listed(work, CasesWanted(**wanted)).page
        pages = [CasesWanted(**wanted, number=one + 1) for one in range(1, first.pages)]
        rest = [row for one in pages for row in cases_listed(work, one).page.rows]
        return [one.case.id for one in (*first.rows, *rest)]


def next_due(case: Driven, when: str = WHEN) -> date:
    with case.world.act(MANAGER, when) as work:
        clocks = running_clocks(work.session, {case.case_id})
        return next(one.due for one in clocks if one.clock is not ClockId.K13)


def test_a_case_is_found_by_how_its_next_duty_stands_and_by_no_other(case_at):
    case = case_at(Stage.RAPID_REVIEW)
    due = next_due(case)
    for when, standing in ((date(2020, 1, 1), AFTER), (due, LAST_DAY), (date(2030, 1, 2), OVERDUE)):
        day = f"{when} 10:00"
        for asked in (OVERDUE, LAST_DAY, SOON, AFTER, NONE_RUNS):
            found = case.case_id in listed(case, when=day, clock=asked)
            assert found is (asked == standing), (when, asked)
    with case.world.act(MANAGER, WHEN) as work:
        before = work.calendar.subtract_working_days(due, 5)
    assert case.case_id in listed(case, when=f"{before} 10:00", clock=SOON)


def test_the_case_with_the_least_time_left_stands_first_and_one_without_a_clock_last(case_at):
    case = case_at(Stage.RAPID_REVIEW)
    with case.world.act(MANAGER, WHEN) as work:
        for is_down in (False, True):
            page = cases_listed(work, CasesWanted(sort=BY_CLOCK, is_down=is_down)).page
            due = [one.clock.due if one.clock else None for one in page.rows]
            known = [one for one in due if one]
            assert known == sorted(known, reverse=is_down)
            assert due == [*known, *[None] * (len(due) - len(known))]


def test_that_a_report_is_kept_and_that_the_panel_may_answer_are_no_next_duty(case_at):
    case = case_at(Stage.EMBEDDING)
    with case.world.act(MANAGER, "2026-09-01") as work:
        found = cases_listed(work, CasesWanted()).page.rows
        (one,) = [one for one in found if one.case.id == case.case_id]
        assert one.clock is None or one.clock.clock is not ClockId.K13


def test_an_agency_is_told_of_its_own_clocks_alone(case_at):
    case = case_at(Stage.RAPID_REVIEW)
    with case.world.act(Role.AGENCY_LEAD, WHEN, agency=HOSPITAL) as work:
        own = [one.clock for one in cases_listed(work, CasesWanted()).page.rows if one.clock]
        assert {one.subject for one in own} <= {str(case.world.ours.agency(HOSPITAL))}


def test_joint_reviews_are_told_by_who_leads(joined):
    alone = Driven(joined.world)
    for sort in (BY_CLOCK, BY_REFERENCE):
        led = listed(alone, joint=LED_BY_US, sort=sort)
        assert joined.case_id in led
        assert alone.case_id not in led
    assert joined.case_id not in listed(alone, joint=LED_ELSEWHERE)
    assert alone.case_id in listed(alone, joint=NOT_JOINT)
    assert joined.case_id not in listed(alone, joint=NOT_JOINT)


def test_a_reviewer_is_of_the_cases_that_they_review(case_at):
    case = case_at(Stage.LOCAL_REVIEW)
    reviewer = case.world.ours.actor(Role.LEAD_REVIEWER).person_id
    assert case.case_id in listed(case, reviewer=reviewer)
    assert listed(case, reviewer=uuid4()) == []


@pytest.mark.parametrize("sort", ["clock", "reference", "stage", "received"])
@pytest.mark.parametrize("is_down", [True, False])
def test_every_page_together_holds_each_case_once_in_any_order(world, admin_engine, sort, is_down):
    case = Driven(world)
    copy_case(admin_engine, case.case_id, 60, ("declarations", "running_clocks"))
    found = listed(case, sort=sort, is_down=is_down)
    assert len(found) == len(set(found)) == 61


def test_a_page_tells_no_case_on_which_the_person_has_yet_to_declare(world):
    case = Driven(world, all_declare=False)
    assert listed(case) == []
    with world.act(MANAGER, WHEN) as work:
        assert [one.id for one in cases_to_declare_on(work).rows] == [case.case_id]
        assert cases_listed(work, CasesWanted()).total == 0
    with world.act(Role.AGENCY_LEAD, WHEN, agency=SCHOOL) as work:
        assert cases_to_declare_on(work).rows == []
