"""The form of each act on learning of no one case: its address, its title, and its button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from services.casework.commands import Command
from services.casework.partnership_learning.national_reviews import (
    consider_national_review,
    note_national_review,
    record_national_action,
    record_national_check,
)
from services.casework.partnership_learning.national_said import (
    ConsiderNationalReview,
    NoteNationalReview,
    RecordNationalAction,
    RecordNationalCheck,
)
from services.casework.partnership_learning.theme_changes import (
    AddTheme,
    EndTheme,
    MergeThemes,
    add_theme,
    end_theme,
    merge_themes,
)
from services.casework.partnership_learning.trend_looks import LookAtTrends, look_at_trends
from services.database.unit_of_work import UnitOfWork
from services.web.forms.fields import Options
from services.web.theme_choices import Offer, each_under, offered_as

TRENDS: Final = "/trends"
THEMES: Final = f"{TRENDS}/themes"
NATIONAL_REVIEWS: Final = "/national-reviews"


def nothing_to_choose(_work: UnitOfWork) -> Options:
    """Return that the form offers nothing that stands on a list."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningForm:
    """One form; ``within`` is the list on whose pages it stands, ``offer`` what it lets choose."""

    name: str
    command: type[Command]
    perform: Callable[..., Any]
    title: str
    button: str
    within: str = NATIONAL_REVIEWS
    offer: Offer = nothing_to_choose


LOOK: Final = LearningForm(
    name="look",
    command=LookAtTrends,
    perform=look_at_trends,
    title="Record that the review group looked at the trends",
    button="Record the look",
    within=TRENDS,
    offer=offered_as("recurring", "recurring_own"),
)
ADD_THEME: Final = LearningForm(
    name="add",
    command=AddTheme,
    perform=add_theme,
    title="Add a theme",
    button="Add the theme",
    within=THEMES,
)
END_THEME: Final = LearningForm(
    name="end",
    command=EndTheme,
    perform=end_theme,
    title="End a theme",
    button="End the theme",
    within=THEMES,
    offer=each_under("theme"),
)
MERGE_THEMES: Final = LearningForm(
    name="merge",
    command=MergeThemes,
    perform=merge_themes,
    title="Merge a theme into another",
    button="Merge them",
    within=THEMES,
    offer=each_under("theme", "into"),
)
NOTE: Final = LearningForm(
    name="note",
    command=NoteNationalReview,
    perform=note_national_review,
    title="Note a national review",
    button="Note it",
)
CONSIDER: Final = LearningForm(
    name="consider",
    command=ConsiderNationalReview,
    perform=consider_national_review,
    title="Record what the review group made of it",
    button="Record it",
)
DONE: Final = LearningForm(
    name="done",
    command=RecordNationalAction,
    perform=record_national_action,
    title="Record that an action is done",
    button="Record it",
)
CHECK: Final = LearningForm(
    name="check",
    command=RecordNationalCheck,
    perform=record_national_check,
    title="Record a later look at an action",
    button="Record it",
)
ON_A_REVIEW: Final = (CONSIDER, DONE, CHECK)
ON_THEMES: Final = (ADD_THEME, END_THEME, MERGE_THEMES)
