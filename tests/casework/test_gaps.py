"""LC-18: a gap in what the review can learn stops no work, and none is left open in silence."""

import pytest

from services.casework.steps.local_review import gaps
from services.casework.steps.local_review.quality_assurance import quality_assure
from services.database.cases import get_case
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.kept import Traces
from tests.team_factories import list_gap, settle_gap

CHAIR, REVIEWER = Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER
WHEN, DRAFTED = "2026-04-01", "2026-05-01"


def open_on(case: Driven, when: str = WHEN) -> list:
    with case.world.act(CHAIR, when) as work:
        return list(gaps.open_gaps(work, get_case(work.session, case.case_id)))


def test_a_gap_is_listed_and_the_reports_go_on(case_at, left_by):
    """LC-18: it is on record, and closes no task."""
    case = case_at(Stage.LOCAL_REVIEW)
    left = left_by(case, gaps.list_gap, list_gap(), who=REVIEWER, when=WHEN)
    assert left == Traces(entries=["gap_listed"])
    case.report()
    assert len(open_on(case)) == 1
    with pytest.raises(AnswerRefused, match="in the past"):
        case.do(gaps.list_gap, list_gap(expected_on="2026-03-31"), CHAIR, WHEN)


def test_no_report_goes_to_the_partners_while_a_gap_is_open(case_at):
    """LC-18: it is filled, or it is said why the report stands without it."""
    case = case_at(Stage.LOCAL_REVIEW)
    case.do(gaps.list_gap, list_gap(), CHAIR, WHEN)
    with pytest.raises(RuleBroken, match="LC-18"):
        case.report().draft()
    (gap,) = open_on(case)
    ended = settle_gap(gap.id, ending="stands_without")
    case.do(gaps.settle_gap, ended, REVIEWER, DRAFTED)
    assert open_on(case) == []
    with pytest.raises(AnswerRefused, match="open gap"):
        case.do(gaps.settle_gap, ended, REVIEWER, DRAFTED)
    case.do(quality_assure, say.quality_assure(), CHAIR, DRAFTED)
