"""National reviews as their pages show them: how each stands, and what was done in a year (EMB-11).

What was done in a year is what the partners' yearly report tells of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.casework.partnership_learning.national_said import (
    ConsiderNationalReview,
    NoteNationalReview,
)
from services.casework.partnership_learning.standing import (
    FollowedAction,
    NationalReview,
    national_reviews,
)
from services.database.learning import learning_records
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.national_reviews import NationalLearning


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """One national review in the list: what it is, and how it stands."""

    id: UUID
    noted: NoteNationalReview
    standing: NationalLearning
    open: int
    next_day: date | None
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """One action, and whether its day is over."""

    followed: FollowedAction
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """All that the page of one national review says."""

    id: UUID
    noted: NoteNationalReview
    noted_by: str
    standing: NationalLearning
    considered: Sequence[ConsiderNationalReview]
    actions: Sequence[ActionLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTold:
    """What was done in one year about national reviews, as a yearly report tells it."""

    year: int
    considered: Sequence[str]
    nothing_to_do: Sequence[str]
    done: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsTold:
    """The list of national reviews: how each stands, and what was done in each year."""

    lines: Sequence[ReviewLine]
    years: Sequence[YearTold]


def reviews_told(work: UnitOfWork) -> ReviewsTold:
    """Return every national review as it stands, and what was done in each year."""
    found = national_reviews(learning_records(work.session))
    return ReviewsTold(lines=_lines(work, found), years=_years(found))


def review_page(work: UnitOfWork, review: NationalReview) -> ReviewPage:
    """Return all that is on record of one national review."""
    return ReviewPage(
        id=review.id,
        noted=review.noted,
        noted_by=names(work.session, {review.noted_by}).get(review.noted_by, ""),
        standing=review.standing,
        considered=review.considered,
        actions=[
            ActionLine(followed=one, is_late=one.is_late(work.today)) for one in review.actions
        ],
    )


def _lines(work: UnitOfWork, found: Sequence[NationalReview]) -> list[ReviewLine]:
    """Return a line for each: those that wait first, and of them the newest first."""
    order = list(NationalLearning)
    newest = sorted(found, key=lambda one: one.noted.published_on, reverse=True)
    lines = [_line(work, one) for one in newest]
    return sorted(lines, key=lambda one: order.index(one.standing))


def _years(found: Sequence[NationalReview]) -> list[YearTold]:
    """Return what was done in each year in which anything was, the newest year first."""
    days = [one.considered_on for review in found for one in review.considered]
    days += [one.done_on for review in found for one in review.done]
    return [_year(found, year) for year in sorted({day.year for day in days}, reverse=True)]


def _line(work: UnitOfWork, review: NationalReview) -> ReviewLine:
    left = [one for one in review.actions if one.done is None]
    return ReviewLine(
        id=review.id,
        noted=review.noted,
        standing=review.standing,
        open=len(left),
        next_day=min((one.last_day for one in left), default=None),
        is_late=any(one.is_late(work.today) for one in left),
    )


def _year(found: Sequence[NationalReview], year: int) -> YearTold:
    considered: list[str] = []
    nothing_to_do: list[str] = []
    done: list[str] = []
    for review in found:
        title = review.noted.title
        said = [one for one in review.considered if one.considered_on.year == year]
        considered += [f"{title}: {one.means}" for one in said]
        nothing_to_do += [f"{title}: {one.nothing_because}" for one in said if one.nothing_because]
        done += [
            f"{title}: {one.said.action} {one.done.evidence}"
            for one in review.actions
            if one.done is not None and one.done.done_on.year == year
        ]
    return YearTold(year=year, considered=considered, nothing_to_do=nothing_to_do, done=done)
