"""How it stands with each national publication, read from what is on record (EMB-11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.casework.partnership_learning.national_said import (
    ConsiderNationalReview,
    NationalAction,
    NoteNationalReview,
    RecordNationalAction,
)
from services.database.learning import LearningRecord, learning_records
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import LearningEvent
from services.domain.errors import NotFound
from services.domain.national_reviews import NationalLearning


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedAction:
    """An action that the group decided on, under its number, and what was done if it is."""

    number: int
    said: NationalAction
    done: RecordNationalAction | None = None

    def is_late(self, today: date) -> bool:
        """Tell whether its day is over and it is not done."""
        return self.done is None and self.said.last_day < today


@dataclass(frozen=True, slots=True)
class NationalReview:
    """A national publication: as it was noted, what the group made of it, what was done."""

    id: UUID
    noted: NoteNationalReview
    noted_by: UUID
    considered: list[ConsiderNationalReview] = field(default_factory=list)
    done: list[RecordNationalAction] = field(default_factory=list)

    @property
    def actions(self) -> Sequence[FollowedAction]:
        """Return every action that the group decided on, numbered through."""
        done = {one.number: one for one in self.done}
        decided = (one for each in self.considered for one in each.actions)
        return [
            FollowedAction(number=number, said=said, done=done.get(number))
            for number, said in enumerate(decided, start=1)
        ]

    @property
    def standing(self) -> NationalLearning:
        """Return how it stands."""
        if not self.considered:
            return NationalLearning.TO_CONSIDER
        if any(one.done is None for one in self.actions):
            return NationalLearning.ACTIONS_OPEN
        return NationalLearning.APPLIED if self.actions else NationalLearning.NOTHING_TO_DO


def national_reviews(records: Iterable[LearningRecord]) -> list[NationalReview]:
    """Return the national publications that are on record, in the order of their noting."""
    found: dict[UUID, NationalReview] = {}
    for one in records:
        if one.event is LearningEvent.NATIONAL_REVIEW_NOTED:
            noted = NoteNationalReview.model_validate(one.words)
            found[one.id] = NationalReview(one.id, noted, one.added_by)
        elif one.about is not None:
            _follow(found[one.about], one)
    return list(found.values())


def _follow(review: NationalReview, record: LearningRecord) -> None:
    """Add what was said of the publication since it was noted."""
    if record.event is LearningEvent.NATIONAL_REVIEW_CONSIDERED:
        review.considered.append(ConsiderNationalReview.model_validate(record.words))
    else:
        review.done.append(RecordNationalAction.model_validate(record.words))


def one_national_review(work: UnitOfWork, review_id: UUID) -> NationalReview:
    """Return one of the partnership's; anything else is simply not found."""
    for one in national_reviews(learning_records(work.session)):
        if one.id == review_id:
            return one
    raise NotFound("There is no such national review on record in this partnership.")
