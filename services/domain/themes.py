"""The themes of a case, from one list, so that they can be counted over cases (EMB-10).

The list that is shipped is the same everywhere; a partnership adds its own themes to it, ends one,
or merges one into another. What was named stays named, whatever became of the theme.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid5

from services.domain.audit import LearningEvent
from services.domain.labels import label

_SHIPPED: Final = UUID("7a3f9c0e-54d1-4b7c-8b0a-9d2f6c1e4a55")


class Theme(StrEnum):
    """What a case teaches about: of the child, the family, the harm, or how agencies worked."""

    NEGLECT = "neglect"
    INFANT_INJURY = "infant_injury"
    SLEEP_OF_INFANTS = "sleep_of_infants"
    SEXUAL_ABUSE = "sexual_abuse"
    DOMESTIC_ABUSE = "domestic_abuse"
    PARENTAL_MENTAL_HEALTH = "parental_mental_health"
    PARENTAL_SUBSTANCE_USE = "parental_substance_use"
    CHILD_MENTAL_HEALTH = "child_mental_health"
    EXPLOITATION = "exploitation"
    ONLINE_HARM = "online_harm"
    DISABILITY = "disability"
    ETHNICITY_AND_CULTURE = "ethnicity_and_culture"
    POVERTY_AND_HOUSING = "poverty_and_housing"
    OUT_OF_SCHOOL = "out_of_school"
    IN_CARE_OR_LEAVING = "in_care_or_leaving"
    FATHERS_UNSEEN = "fathers_unseen"
    CHILD_UNHEARD = "child_unheard"
    INFORMATION_SHARING = "information_sharing"
    RISK_ASSESSMENT = "risk_assessment"
    THRESHOLDS = "thresholds"
    CHALLENGE_AND_CURIOSITY = "challenge_and_curiosity"
    SUPERVISION_AND_WORKLOAD = "supervision_and_workload"
    BETWEEN_AREAS = "between_areas"


class ThemeStanding(StrEnum):
    """How it stands with a theme: one that is ended or merged is not offered any more."""

    OFFERED = "offered"
    ENDED = "ended"
    MERGED = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTheme:
    """One theme of a partnership's list; ``into`` is the one that it is merged into, if it is."""

    id: UUID
    words: str
    shipped: Theme | None = None
    standing: ThemeStanding = ThemeStanding.OFFERED
    into: UUID | None = None


@dataclass(frozen=True, slots=True)
class ThemeList:
    """The themes of a partnership, by their ids: those that are shipped, and its own."""

    themes: Mapping[UUID, ListedTheme]

    @property
    def offered(self) -> list[ListedTheme]:
        """Return those that a form offers today."""
        return [one for one in self.themes.values() if one.standing is ThemeStanding.OFFERED]

    def counted_as(self, theme_id: UUID) -> UUID:
        """Return as which theme it counts: that into which it was merged, or itself."""
        into = self.themes[theme_id].into if theme_id in self.themes else None
        return theme_id if into is None else self.counted_as(into)

    def words(self, theme_id: UUID) -> str:
        """Return what people read for it; one that is not of the list is not told apart."""
        found = self.themes.get(theme_id)
        return "a theme of its own" if found is None else found.words

    def counted(self, named: Iterable[UUID]) -> set[UUID]:
        """Return the themes as which those count that one case names: each once."""
        return {self.counted_as(one) for one in named}


def shipped_id(theme: Theme) -> UUID:
    """Return the id by which a theme of the shipped list is known beside a partnership's own."""
    return uuid5(_SHIPPED, theme.value)


def theme_list(changes: Iterable[tuple[LearningEvent, UUID, Mapping[str, Any]]]) -> ThemeList:
    """Return the list after these changes, each with its id and its words, in their order."""
    themes = {
        shipped_id(one): ListedTheme(id=shipped_id(one), words=label(one), shipped=one)
        for one in Theme
    }
    for event, id_, said in changes:
        if event is LearningEvent.THEME_ADDED:
            themes[id_] = ListedTheme(id=id_, words=said["name"])
        elif event is LearningEvent.THEME_ENDED:
            one = UUID(said["theme"])
            themes[one] = replace(themes[one], standing=ThemeStanding.ENDED)
        elif event is LearningEvent.THEME_MERGED:
            one, into = UUID(said["theme"]), UUID(said["into"])
            themes[one] = replace(themes[one], standing=ThemeStanding.MERGED, into=into)
    return ThemeList(themes)
