"""How it stands with each national publication, read from what is on record (EMB-11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from services.casework.partnership_learning.national_said import (
    ConsiderNationalReview,
    NationalAction,
    NationalActionDone,
    NoteNationalReview,
    RecordNationalCheck,
)
from services.database.learning import LearningRecord, learning_records
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import LearningEvent
from services.domain.errors import NotFound
from services.domain.national_reviews import NationalLearning


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedAction:
    """An action that the group decided on, under its number, and what was done if it is.

    ``last_day`` is the one that was decided, or by which it is done again. ``looked`` are the later
    looks at it, oldest first; ``look_by`` is the day of the next one (EMB-09).
    """

    number: int
    said: NationalAction
    last_day: date
    done: NationalActionDone | None = None
    looked: tuple[RecordNationalCheck, ...] = ()
    look_by: date | None = None

    def is_late(self, today: date) -> bool:
        """Tell whether its day is over and it is not done, or not looked at again."""
        by = self.last_day if self.done is None else self.look_by
        return by is not None and by < today


@dataclass(frozen=True, slots=True)
class NationalReview:
    """A national publication: as it was noted, what the group made of it, what was done."""

    id: UUID
    noted: NoteNationalReview
    noted_by: UUID
    considered: list[ConsiderNationalReview] = field(default_factory=list)
    followed: list[NationalActionDone | RecordNationalCheck] = field(default_factory=list)

    @property
    def actions(self) -> Sequence[FollowedAction]:
        """Return every action that the group decided on, numbered through."""
        decided = (one for each in self.considered for one in each.actions)
        return [
            _followed(number, said, [one for one in self.followed if one.number == number])
            for number, said in enumerate(decided, start=1)
        ]

    @property
    def done(self) -> Sequence[NationalActionDone]:
        """Return what was put on record as done, in its order."""
        return [one for one in self.followed if isinstance(one, NationalActionDone)]

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
        checked = record.event is LearningEvent.NATIONAL_ACTION_CHECKED
        model = RecordNationalCheck if checked else NationalActionDone
        review.followed.append(model.model_validate(record.words))


def _followed(
    number: int, said: NationalAction, found: Sequence[NationalActionDone | RecordNationalCheck]
) -> FollowedAction:
    """Return how an action stands after what was said of it: what does not last is open again."""
    stands = FollowedAction(number=number, said=said, last_day=said.last_day)
    for one in found:
        if isinstance(one, NationalActionDone):
            stands = replace(stands, done=one, look_by=one.recheck_on)
            continue
        stands = replace(stands, looked=(*stands.looked, one), look_by=one.recheck_on)
        if one.again_by is not None:
            stands = replace(stands, done=None, last_day=one.again_by)
    return stands


def one_national_review(work: UnitOfWork, review_id: UUID) -> NationalReview:
    """Return one of the partnership's; anything else is simply not found."""
    for one in national_reviews(learning_records(work.session)):
        if one.id == review_id:
            return one
    raise NotFound("There is no such national review on record in this partnership.")
