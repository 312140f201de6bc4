"""The form of each act on learning of no one case: its address, its title, and its button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from services.casework.commands import Command
from services.casework.partnership_learning.national_reviews import (
    consider_national_review,
    note_national_review,
    record_national_action,
)
from services.casework.partnership_learning.national_said import (
    ConsiderNationalReview,
    NoteNationalReview,
    RecordNationalAction,
)
from services.casework.partnership_learning.trend_looks import LookAtTrends, look_at_trends

TRENDS: Final = "/trends"
NATIONAL_REVIEWS: Final = "/national-reviews"


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningForm:
    """One form; ``within`` is the list on whose pages it stands."""

    name: str
    command: type[Command]
    perform: Callable[..., Any]
    title: str
    button: str
    within: str = NATIONAL_REVIEWS


LOOK: Final = LearningForm(
    name="look",
    command=LookAtTrends,
    perform=look_at_trends,
    title="Record that the review group looked at the trends",
    button="Record the look",
    within=TRENDS,
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
ON_A_REVIEW: Final = (CONSIDER, DONE)
