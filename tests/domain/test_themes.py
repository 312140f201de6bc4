"""EMB-10: a partnership's list of themes is the shipped one with what became of it."""

from uuid import UUID

from services.domain.audit import LearningEvent
from services.domain.themes import Theme, ThemeStanding, shipped_id, theme_list

OWN, OTHER = UUID(int=1), UUID(int=2)
NEGLECT, DISABILITY = shipped_id(Theme.NEGLECT), shipped_id(Theme.DISABILITY)
ADDED = (
    (LearningEvent.THEME_ADDED, OWN, {"name": "Dogs in the home"}),
    (LearningEvent.THEME_ADDED, OTHER, {"name": "Animals"}),
)


def merged(theme: UUID, into: UUID) -> tuple[LearningEvent, UUID, dict[str, str]]:
    return LearningEvent.THEME_MERGED, UUID(int=9), {"theme": str(theme), "into": str(into)}


def test_the_shipped_list_is_offered_with_its_own_codes_until_it_is_changed():
    listed = theme_list(())
    assert [one.shipped for one in listed.offered] == list(Theme)
    assert len({one.id for one in listed.offered}) == len(Theme)
    assert listed.words(NEGLECT) == "neglect"


def test_a_theme_of_its_own_is_offered_after_them_and_one_that_is_ended_stands_and_counts():
    ended = (LearningEvent.THEME_ENDED, UUID(int=8), {"theme": str(NEGLECT)})
    listed = theme_list((*ADDED, ended))
    assert [one.words for one in listed.offered][-2:] == ["Dogs in the home", "Animals"]
    assert NEGLECT not in {one.id for one in listed.offered}
    assert listed.themes[NEGLECT].standing is ThemeStanding.ENDED
    assert listed.counted({NEGLECT, OWN}) == {NEGLECT, OWN}


def test_what_is_merged_counts_with_the_other_however_often_and_once_for_a_case():
    listed = theme_list((*ADDED, merged(OWN, OTHER), merged(OTHER, DISABILITY)))
    assert listed.counted_as(OWN) == DISABILITY
    assert listed.counted({OWN, OTHER, DISABILITY, NEGLECT}) == {DISABILITY, NEGLECT}
    assert {OWN, OTHER}.isdisjoint(one.id for one in listed.offered)


def test_an_id_that_is_of_no_theme_here_is_counted_as_itself():
    listed = theme_list(())
    assert listed.counted_as(OWN) == OWN
    assert listed.words(OWN) == "a theme of its own"
