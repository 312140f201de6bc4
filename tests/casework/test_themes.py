"""EMB-10: themes from one list, and trends over the partnership's cases."""

import pytest

from services.casework.steps.embedding import themes
from services.database.cases import get_case
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.themes import Theme
from services.domain.trends import Counted
from services.web.view_models.trends import trends_of
from tests.driven import Driven
from tests.plan_factories import name_themes
from tests.world import make_world

CHAIR, WHEN = Role.REVIEW_GROUP_CHAIR, "2025-12-16"


@pytest.fixture
def case(app_engine) -> Driven:
    return Driven(make_world(app_engine)).decide().notify()


def test_themes_are_named_again_in_the_place_of_the_first_and_counted_once_for_a_case(case):
    case.do(themes.name_themes, name_themes(), CHAIR, WHEN)
    again = name_themes(themes=("neglect", "disability"))
    case.do(themes.name_themes, again, CHAIR, "2025-12-17")
    with case.world.act(CHAIR, "2025-12-18") as work:
        opens = themes.named_last(work, get_case(work.session, case.case_id))
        assert opens is not None
        assert set(opens.themes) == {Theme.NEGLECT, Theme.DISABILITY}
        told = trends_of(work, outside=False)
        outside = trends_of(work, outside=True)
    assert {one.what: one.number.told for one in told.themes} == {"Neglect": "1", "Disability": "1"}
    assert {one.number.told for one in outside.themes} == {"fewer than 5"}
    assert {one.width for one in outside.themes} == {0}
    assert outside.themes_told == "No theme is named in five cases or more."
    assert outside.cases is None, "beside the number of one theme it would tell a small one"
    assert told.cases is not None
    assert told.cases.told == "1"
    (year,) = told.years
    assert (year.year, year.numbers[Counted.NOTIFICATIONS].value) == (2025, 1)
    assert "notifications to the Panel 1" in told.sentences[0]
    assert outside.years[0].numbers[Counted.NOTIFICATIONS].told == "fewer than 5"


@pytest.mark.parametrize("named", [(), tuple(Theme)[: themes.MOST + 1]])
def test_none_and_too_many_are_refused_at_the_question(case, named):
    said = name_themes().model_copy(update={"themes": named})
    with pytest.raises(AnswerRefused) as refused:
        case.do(themes.name_themes, said, CHAIR, WHEN)
    assert refused.value.field == "themes"
