"""What the review group is asked for that is of no one case, and by when (EMB-10, EMB-11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from services.casework.partnership_learning.standing import national_reviews
from services.casework.partnership_learning.trend_looks import trend_looks
from services.database.cases import has_notified
from services.database.learning import LearningRecord, learning_records
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy_json import stored_policy
from services.domain.national_reviews import NationalLearning
from services.domain.roles import Permission

BEFORE: Final = timedelta(days=28)
"""How long before its day something is asked for on the first page: groups meet by the month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTask:
    """One thing that the group is asked for; ``about`` is the national publication, if it is one.

    An action has its number, and is to be done, or to be looked at
    again. Of a first look at the trends, and of a publication that is noted, no
    day is set.
    """

    by: date | None = None
    about: UUID | None = None
    title: str = ""
    number: int = 0
    is_look: bool = False


def waits_for_group(work: UnitOfWork) -> list[GroupTask]:
    """Return what is asked for now, to whoever runs the learning; to others nothing."""
    if not work.actor.may(Permission.RUN_LEARNING):
        return []
    records = learning_records(work.session)
    near = work.today + BEFORE
    return [
        one
        for one in (*_look(work, records), *_national(records))
        if one.by is None or one.by <= near
    ]


def _look(work: UnitOfWork, records: Sequence[LearningRecord]) -> list[GroupTask]:
    """Return the next look at the trends; the first is asked for once there is anything to see.

    A partnership whose policy says how often is asked for it from the beginning.
    """
    if looks := trend_looks(records):
        return [GroupTask(by=looks[-1].said.next_on)]
    says_how_often = stored_policy(work.partnership.policy).trends_reviewed_every is not None
    return [GroupTask()] if says_how_often or has_notified(work.session) else []


def _national(records: Sequence[LearningRecord]) -> list[GroupTask]:
    """Return each publication that waits, each action that is open, or is looked at again."""
    tasks: list[GroupTask] = []
    for review in national_reviews(records):
        title = review.noted.title
        if review.standing is NationalLearning.TO_CONSIDER:
            tasks.append(GroupTask(about=review.id, title=title))
        tasks += [
            GroupTask(about=review.id, title=title, number=one.number, by=one.last_day)
            for one in review.actions
            if one.done is None
        ]
        tasks += [
            GroupTask(about=review.id, title=title, number=one.number, by=one.look_by, is_look=True)
            for one in review.actions
            if one.done is not None and one.look_by is not None
        ]
    return tasks
