"""PUB-01, PUB-18: a recommendation says what, of whom, by when, and whether it was made before."""

import pytest

from services.casework.steps.local_review.draft_report import submit_draft
from services.casework.steps.local_review.draft_said import DraftSubmitted
from services.database.history import last_entry
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.recommended import recommended
from tests.world import SCHOOL

WHEN, WHY = "2026-05-01", "The learning is about two wards alone."


@pytest.fixture
def reported(case_at) -> Driven:
    return case_at(Stage.LOCAL_REVIEW).report()


def drafted(case: Driven, *told: dict[str, object], **but: object) -> None:
    rows = tuple(recommended(case.agency()) | one for one in told)
    command = say.submit_draft(case.agency(), recommendations=rows, **but)
    case.do(submit_draft, command, Role.LEAD_REVIEWER, WHEN)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"addresses": ()}, "recommendations"),
        ({"said_before": None}, "recommendations"),
        ({"said_before": "before"}, "recommendations"),
        ({"addresses": ("practice",)}, "one_alone"),
        ({"addresses": ("system_leadership",)}, "one_alone"),
    ],
)
def test_a_report_whose_recommendations_are_not_clear_is_refused(reported, told, field):
    """PUB-01: practice and system leadership are addressed, or it is said why only one of them."""
    with pytest.raises(AnswerRefused) as refused:
        drafted(reported, told)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("told", "but"),
    [
        (({"addresses": ("practice",)}, {"addresses": ("system_leadership",)}), {}),
        (({"addresses": ("practice",)},), {"one_alone": WHY}),
        (({"said_before": "before", "came_of_it": "In 2024, and nothing came of it."},), {}),
    ],
)
def test_what_is_clear_of_each_and_addresses_both_together_is_kept(reported, told, but):
    """PUB-01, PUB-18: two recommendations may share what is addressed."""
    drafted(reported, *told, **but)


def test_a_recommendation_may_be_asked_of_several_agencies_together(reported):
    """PUB-18: collectively and individually."""
    drafted(reported, {"others": (reported.agency(SCHOOL),)})
    with reported.world.act(Role.BUSINESS_MANAGER) as work:
        entry = last_entry(work.session, reported.case_id, EntryType.DRAFT_SUBMITTED, "1")
        assert entry is not None
        (kept,) = DraftSubmitted.model_validate(entry.command).recommendations
    assert kept.others == (reported.agency(SCHOOL),)
