"""EMB-10, EMB-11: the section of a yearly report counts the year, and tells of no child."""

from dataclasses import replace

import pytest

from services.casework.partnership_learning.trend_looks import look_at_trends
from services.casework.partnership_learning.year_counted import counted_in
from services.casework.partnership_learning.yearly_paper import as_file, section_worded
from services.casework.partnership_learning.yearly_report import (
    YearlyReport,
    report_years,
    yearly_report,
)
from services.casework.partnership_learning.yearly_told import introduced, left_out, parts_of
from services.casework.steps.embedding import action_progress, audits, themes
from services.database.cases import get_case
from services.domain.clocks.policy import NATIONAL
from services.domain.errors import NotFound
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.domain.yearly_report import YearActions, YearCounted
from tests import factories as say
from tests.driven import Driven
from tests.paper_text import text_of
from tests.plan_factories import name_themes, not_sustained, record_audit
from tests.policy_factories import put_in_force
from tests.shared_learning import MANAGER, a_look, with_learning
from tests.world import World

AGENCY, CHAIR, WHEN = Role.AGENCY_LEAD, Role.REVIEW_GROUP_CHAIR, "2026-09-01"


def two_planned(case: Driven) -> None:
    case.agree_on(say.propose_plan(case.agency(), case.agency()), WHEN)


@pytest.fixture
def planned(case_at) -> Driven:
    return case_at(Stage.EMBEDDING, two_planned)


def report(world: World, starting: int | None = None, when: str = "2027-04-02") -> YearlyReport:
    with world.act(MANAGER, when) as work:
        return yearly_report(work, starting)


def values(told: YearlyReport) -> dict[str, int]:
    counted = told.counted
    return {one.code: one.number.value for one in (*counted.cases, *counted.actions)}


def test_each_thing_counts_in_the_year_in_which_it_happened(planned):
    """EMB-10: a review that runs over two years is begun in the one and published in the other."""
    planned.do(themes.name_themes, name_themes(), CHAIR, WHEN)
    for number in (1, 2):
        planned.do(action_progress.update_action, say.update_action(number), AGENCY, WHEN)
    planned.do(audits.record_audit, record_audit(audited_on=WHEN), MANAGER, WHEN)
    planned.do(audits.record_audit, not_sustained(2, audited_on=WHEN), MANAGER, WHEN)
    now, before = report(planned.world, 2026), report(planned.world, 2025)
    assert values(before)[YearCounted.NOTIFICATIONS] == 1
    assert values(before)[YearCounted.RAPID_REVIEWS] == 1
    assert values(before)[YearActions.DONE] == 0
    assert values(now)[YearCounted.NOTIFICATIONS] == 0
    assert values(now)[YearCounted.PUBLISHED] == 1
    assert values(now)[YearCounted.NOT_PUBLISHED] == 0
    assert values(now)[YearActions.DONE] == 1, "the other is open again"
    assert values(now)[YearActions.SUSTAINED] == values(now)[YearActions.NOT_SUSTAINED] == 1
    assert {one.number.told for one in now.counted.themes} == {"fewer than 5"}
    said = str(parts_of(now))
    assert "reports published: fewer than 5" in said.casefold()
    assert ": 1" not in said
    with planned.world.act(MANAGER, WHEN) as work:
        case = get_case(work.session, planned.case_id)
        case.publishes = False
        counted = counted_in(work, now.year)
        case.publishes = True
    assert [one.number.value for one in counted.cases][-2:] == [0, 1]


def test_words_of_the_group_that_tell_of_a_case_are_left_out_and_counted(case_at):
    """EMB-10, EMB-11: what it found, decided, and made of national reviews, and of nobody."""
    case = case_at(Stage.RAPID_REVIEW)
    with_learning(case.world, "2026-02-02")
    with case.world.act(MANAGER, "2026-02-02") as work:
        reference = get_case(work.session, case.case_id).reference
    with case.world.act(CHAIR, "2026-03-02") as work:
        found = f"Neglect, as in {reference}."
        look_at_trends(work, a_look(looked_on="2026-03-02", found=found, decided="An audit."))
    told = report(case.world, 2025)
    assert len(told.said.trends) == len(told.said.considered) == len(told.said.done) == 1
    assert told.said.left_out == 1
    assert left_out(told).startswith("One text of the review group left out")
    assert reference not in str(parts_of(told))
    assert left_out(report(case.world, 2026)) == ""


def test_the_year_is_the_last_that_ended_by_the_month_of_the_policy(world):
    assert report(world).year.told == "April 2026 to March 2027"
    with pytest.raises(NotFound):
        report(world, 1999)
    put_in_force(world, replace(NATIONAL, version="2026-09", yearly_report_from=9), WHEN)
    assert report(world).year.told == "September 2025 to August 2026"
    running = report(world, 2026)
    assert not running.is_over
    assert "The year is not over: the numbers may still rise." in introduced(running)
    with world.act(MANAGER, "2027-04-02") as work:
        assert [one.starting for one in report_years(work)] == [2026, 2025]


def test_the_paper_says_what_the_page_says_and_what_is_not_counted(planned):
    told = report(planned.world, 2026)
    section = section_worded(told)
    words = text_of(as_file(section, told.made_on, "pdf"))
    assert "April 2026 to March 2027" in words
    assert "Reports published Fewer than 5" in words
    assert "What is not counted" in words
    word = as_file(section, told.made_on, "docx")
    assert word == as_file(section, told.made_on, "docx")
    assert "Fewer than 5" in text_of(word)
