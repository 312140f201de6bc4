"""The board of local reviews: how far each is, its month, risk, family and next meeting."""

import pytest
from sqlalchemy import text

from services.casework.access.reviews_listed import (
    COMMISSIONING,
    DONE,
    EMBEDDING,
    INFORMATION,
    LAST_MONTH,
    LATER,
    OVERDUE,
    PHASES,
    PUBLICATION,
)
from services.casework.steps.attendance.group_meetings import record_group_meeting
from services.casework.steps.local_review.delay import record_delay
from services.database.clocks import clocks
from services.domain.clocks.rules import ClockId
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.web.view_models.reviews_board import PHASES as WORDS
from services.web.view_models.reviews_board import reviews_board
from services.web.view_models.reviews_told import family_of, month_of
from services.web.view_models.table_shown import TableCell
from tests import factories as say
from tests.attendance_factories import record_group_meeting as record_meeting_of_group
from tests.driven import Driven

MANAGER, WHEN = Role.BUSINESS_MANAGER, "2026-03-02"


def row(case: Driven, who: Role = MANAGER, when: str = WHEN, **asked: str) -> list[TableCell]:
    """Return the cells of the case's row, or nothing where it is not on the board."""
    with case.world.act(who, when) as work:
        board = reviews_board(work, asked)
        found = [one for one in board.rows if one[0].href.endswith(str(case.case_id))]
        return list(found[0]) if found else []


@pytest.mark.parametrize(
    ("stage", "phase"),
    [
        (Stage.COMMISSIONING, COMMISSIONING),
        (Stage.LOCAL_REVIEW, INFORMATION),
        (Stage.PUBLICATION, PUBLICATION),
        (Stage.EMBEDDING, EMBEDDING),
        (Stage.RAPID_REVIEW, None),
    ],
)
def test_a_review_stands_at_its_stage_and_is_found_by_that_alone(case_at, stage, phase):
    case = case_at(stage)
    found = {one: bool(row(case, stage=one)) for one in PHASES}
    assert found == {one: one == phase for one in PHASES}
    if phase:
        assert row(case)[2].text == WORDS[phase]


def test_the_month_is_counted_from_the_decision_and_the_last_day_is_a_filter(case_at):
    case = case_at(Stage.LOCAL_REVIEW)
    with case.world.act(MANAGER, WHEN) as work:
        (clock,) = [one for one in clocks(work.session, case.case_id) if one.clock is ClockId.K11]
        first, due = clock.anchored_on, clock.due
        assert month_of(clock, first) == "Month 1 of 6"
        assert month_of(clock, due) == "Month 6 of 6"
    late = f"{due.year + 1}-01-05"
    near = f"{due.year}-{due.month:02}-01"
    for when, standing in ((WHEN, LATER), (near, LAST_MONTH), (late, OVERDUE)):
        found = [
            one for one in (OVERDUE, LAST_MONTH, LATER, DONE) if row(case, when=when, time=one)
        ]
        assert found == [standing]
    assert "6 months are over" in row(case, when=late)[3].hint


def test_the_scope_is_told_by_period_and_number_and_no_words(case_at):
    case = case_at(Stage.LOCAL_REVIEW)
    hint = row(case)[0].hint
    assert "key line" in hint
    assert "events from" in hint
    assert row(case)[1].text != "Nobody is appointed"
    assert row(case_at(Stage.COMMISSIONING))[1].text == "Nobody is appointed"


def test_a_delay_is_told_with_its_reason_and_the_day_that_is_expected(case_at):
    def delayed(case: Driven) -> None:
        case.do(record_delay, say.record_delay(), MANAGER, WHEN)

    case = case_at(Stage.LOCAL_REVIEW, delayed)
    risk = row(case)[4]
    assert risk.text.startswith("Expected on ")
    assert say.record_delay().reasons in risk.hint


def test_the_next_meeting_is_the_first_that_is_still_to_come(case_at):
    def convened(case: Driven) -> None:
        case.do(
            record_group_meeting,
            record_meeting_of_group(meets_on="2026-04-07"),
            Role.REVIEW_GROUP_CHAIR,
            WHEN,
        )

    case = case_at(Stage.LOCAL_REVIEW, convened)
    assert row(case)[6].text == "The review group"
    assert row(case, when="2026-04-08")[6].text != "The review group"


def test_what_is_kept_of_the_family_is_for_who_reads_of_it(case_at):
    case = case_at(Stage.LOCAL_REVIEW)
    assert row(case, Role.INDEPENDENT_SCRUTINEER)[5].text == "Not shown to you"
    assert row(case)[5].text != "Not shown to you"
    assert family_of([], is_read=True) == "Not begun"


def test_who_looked_at_the_board_stands_on_each_record_that_was_on_it(case_at, platform_postgres):
    case = case_at(Stage.LOCAL_REVIEW)
    assert row(case)
    admin = platform_postgres.admin_of(case.world.engine)
    asked = "select count(*) from viewings where what = 'reviews' and case_id = :case"
    with admin.connect() as link:
        assert link.execute(text(asked), {"case": case.case_id}).scalar_one() == 1


def test_nobody_sees_a_review_on_which_they_have_yet_to_declare(case_at):
    case = case_at(Stage.LOCAL_REVIEW)
    assert row(case, Role.COMMUNICATIONS_LEAD) == []
    with case.world.act(case.world.theirs.actor(MANAGER), WHEN) as work:
        assert reviews_board(work, {}).total == 0
