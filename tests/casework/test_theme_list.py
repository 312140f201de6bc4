"""EMB-10: who keeps the policy adds, ends and merges themes; forms and trends go by the list."""

from uuid import UUID, uuid4

import pytest

from services.casework.answers_as_text import as_answers, names_for
from services.casework.partnership_learning.theme_changes import (
    AddTheme,
    EndTheme,
    MergeThemes,
    add_theme,
    end_theme,
    merge_themes,
)
from services.casework.partnership_learning.trend_looks import look_at_trends
from services.casework.steps.embedding import themes
from services.database.cases import get_case
from services.domain.errors import AnswerRefused, NotPermitted
from services.domain.roles import Role
from services.domain.themes import Theme, shipped_id
from services.web.theme_choices import each_under, of_the_case
from services.web.view_models.themes import themes_shown
from services.web.view_models.trends import trends_of
from tests.driven import Driven
from tests.plan_factories import name_themes
from tests.shared_learning import MANAGER, a_look
from tests.words import SAID
from tests.world import World, make_world

CHAIR, WHEN = Role.REVIEW_GROUP_CHAIR, "2025-12-16"
NEGLECT, DISABILITY = shipped_id(Theme.NEGLECT), shipped_id(Theme.DISABILITY)


@pytest.fixture
def case(app_engine) -> Driven:
    return Driven(make_world(app_engine)).decide().notify()


def add(world: World, name: str = "Dogs in the home") -> UUID:
    with world.act(MANAGER, WHEN, once=uuid4()) as work:
        return add_theme(work, AddTheme(name=name, reason=SAID)).id


def end(world: World, theme: UUID) -> None:
    with world.act(MANAGER, WHEN) as work:
        end_theme(work, EndTheme(theme=theme, reason=SAID))


def merge(world: World, theme: UUID, into: UUID) -> None:
    with world.act(MANAGER, WHEN) as work:
        merge_themes(work, MergeThemes(theme=theme, into=into, reason=SAID))


def counted(case: Driven) -> dict[str, str]:
    with case.world.act(CHAIR, WHEN) as work:
        return {one.what: one.number.told for one in trends_of(work, outside=False).themes}


def name(case: Driven, *shipped: str, own: tuple[UUID, ...] = ()) -> None:
    said = name_themes(themes=shipped, own_themes=own)
    case.do(themes.name_themes, said, CHAIR, WHEN)


def test_forms_offer_the_list_of_today_and_trends_count_by_it(case):
    """EMB-10: what was named stays named, whatever became of the theme since."""
    dogs = add(case.world)
    name(case, "neglect", own=(dogs,))
    assert counted(case) == {"Dogs in the home": "1", "Neglect": "1"}
    end(case.world, NEGLECT)
    assert counted(case) == {"Dogs in the home": "1", "Neglect": "1"}
    with case.world.act(CHAIR, WHEN) as work:
        here = get_case(work.session, case.case_id)
        offered = of_the_case(work, here)
        named = themes.named_last(work, here)
        assert named is not None
        told = {one.label: one.text for one in as_answers(named, names_for(work, dogs))}
    assert "neglect" not in {one.value for one in offered["themes"]}
    assert [one.label for one in offered["own_themes"]] == ["Dogs in the home"]
    assert "Dogs in the home" in told.values()
    merge(case.world, dogs, DISABILITY)
    assert counted(case) == {"Disability": "1", "Neglect": "1"}
    for field, said in (("themes", name_themes(themes=("neglect",))), ("own_themes", named)):
        clean = said.model_copy(update={} if field == "themes" else {"themes": ()})
        with pytest.raises(AnswerRefused) as refused:
            case.do(themes.name_themes, clean, CHAIR, WHEN)
        assert refused.value.field == field
    name(case, "disability")
    assert counted(case) == {"Disability": "1"}


def test_a_case_counts_once_for_two_themes_that_are_merged(case):
    name(case, "neglect", "disability")
    merge(case.world, NEGLECT, DISABILITY)
    assert counted(case) == {"Disability": "1"}


def test_a_look_at_the_trends_names_themes_of_the_list_alone(world):
    dogs = add(world)
    end(world, NEGLECT)
    for field, but in (
        ("recurring", {"recurring": ("neglect",)}),
        ("recurring_own", {"recurring": (), "recurring_own": (uuid4(),)}),
    ):
        with world.act(CHAIR, "2026-02-02") as work, pytest.raises(AnswerRefused) as refused:
            look_at_trends(work, a_look(**but))
        assert refused.value.field == field
    with world.act(CHAIR, "2026-02-02") as work:
        look_at_trends(work, a_look(recurring=(), recurring_own=(dogs,)))


def test_no_theme_is_added_twice_or_changed_that_is_not_offered(world):
    dogs = add(world)
    for again in ("dogs IN the home", "Neglect"):
        with pytest.raises(AnswerRefused) as refused:
            add(world, again)
        assert refused.value.field == "name"
    merge(world, dogs, NEGLECT)
    for theme, into, field in (
        (dogs, DISABILITY, "theme"),
        (DISABILITY, dogs, "into"),
        (NEGLECT, NEGLECT, "into"),
        (uuid4(), NEGLECT, "theme"),
    ):
        with pytest.raises(AnswerRefused) as refused:
            merge(world, theme, into)
        assert refused.value.field == field
    with pytest.raises(AnswerRefused):
        end(world, dogs)


def test_the_list_is_kept_by_who_keeps_the_policy_and_each_change_stands_with_its_reason(
    world,
):
    with world.act(CHAIR, WHEN) as work, pytest.raises(NotPermitted):
        add_theme(work, AddTheme(name="Dogs", reason=SAID))
    dogs = add(world)
    end(world, DISABILITY)
    merge(world, dogs, NEGLECT)
    with world.act(CHAIR, WHEN) as work:
        shown = themes_shown(work)
        assert dogs not in {one.value for one in each_under("theme")(work)["theme"]}
    assert [one.said for one in shown.changes] == [
        "“Dogs in the home” merged into “neglect”",
        "“disability” ended",
        "“Dogs in the home” added",
    ]
    assert {one.reason for one in shown.changes} == {SAID}
    assert {one.done_by for one in shown.changes} != {""}
    own = next(one for one in shown.lines if one.is_own)
    assert own.standing == "Counted with “neglect”"
    theirs = world.theirs.actor(MANAGER)
    with world.act(theirs, WHEN) as work:
        assert themes_shown(work).changes == []
