"""The section on learning from serious incidents that a yearly report tells (EMB-10, EMB-11).

It is made anew from what is on record each time that it is asked for, and is no record itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from services.casework.partnership_learning.standing import NationalReview, national_reviews
from services.casework.partnership_learning.trend_looks import trend_looks
from services.casework.partnership_learning.year_counted import (
    CountedInYear,
    counted_in,
    first_day,
)
from services.casework.steps.known_of_case import known_of_report
from services.database.cases import Case, open_cases
from services.database.learning import learning_records
from services.database.unit_of_work import UnitOfWork
from services.domain.anonymity.checking import ReportChecker
from services.domain.anonymity.known import HitKind, Passage
from services.domain.audit import LearningEvent
from services.domain.clocks.policy_json import stored_policy
from services.domain.errors import NotFound
from services.domain.yearly_report import EARLIEST, ReportYear, year_of

_OF_A_PERSON: Final = frozenset(
    {HitKind.POSTCODE, HitKind.NHS_NUMBER, HitKind.TELEPHONE, HitKind.EMAIL}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsOfYear:
    """What the review group said in the year: of trends, of national reviews, of what was done.

    ``left_out`` is how many of its texts are not told, since each tells of a case or of a person.
    """

    trends: tuple[str, ...] = ()
    considered: tuple[str, ...] = ()
    nothing_to_do: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyReport:
    """All that the section says of one year; ``is_over`` tells whether the year has ended."""

    partnership: str
    year: ReportYear
    made_on: date
    counted: CountedInYear
    said: WordsOfYear = field(default_factory=WordsOfYear)

    @property
    def is_over(self) -> bool:
        """Tell whether the year is over, so that nothing more happens in it."""
        return self.year.last < self.made_on


def report_years(work: UnitOfWork) -> list[ReportYear]:
    """Return the years of which a report can be made, the newest first: this one, and the last.

    Before them stand those since anything happened that is counted, or was recorded.
    """
    begins = stored_policy(work.partnership.policy).yearly_report_from
    now = year_of(work.today, begins)
    records = learning_records(work.session)
    # A publication is noted with its own day, which may be long ago.
    noted = LearningEvent.NATIONAL_REVIEW_NOTED
    recorded = (one.on_day for one in records if one.event is not noted)
    known = (day for day in (first_day(work), min(recorded, default=None)) if day)
    first = min((now.before.first, *(year_of(max(day, EARLIEST), begins).first for day in known)))
    years = [now]
    while years[-1].first > first:
        years.append(years[-1].before)
    return years


def yearly_report(work: UnitOfWork, starting: int | None = None) -> YearlyReport:
    """Return the section on the year that begins in that calendar year, or on the last that ended.

    Raises NotFound for a year of which nothing can be told.
    """
    years = report_years(work)
    wanted = years[1].starting if starting is None else starting
    year = next((one for one in years if one.starting == wanted), None)
    if year is None:
        raise NotFound("There is no report on that year.")
    counted = counted_in(work, year)
    return YearlyReport(
        partnership=work.partnership.name,
        year=year,
        made_on=work.today,
        counted=counted,
        said=_said(work, year, counted.of_the_year),
    )


def _said(work: UnitOfWork, year: ReportYear, cases: Sequence[Case]) -> WordsOfYear:
    """Return what the group said in the year, without what tells of a case or of a person."""
    records = learning_records(work.session)
    looks = [one.said for one in trend_looks(records) if year.holds(one.said.looked_on)]
    reviews = national_reviews(records)
    texts = {
        "trends": [f"{one.found}\n{one.decided}" for one in looks],
        "considered": [*_considered(reviews, year)],
        "nothing_to_do": [*_nothing_to_do(reviews, year)],
        "done": [*_done(reviews, year)],
    }
    if not any(texts.values()):
        return WordsOfYear()
    checkers = [*_checkers(work, cases)]
    told = {
        which: tuple(one for one in said if not _tells(checkers, one))
        for which, said in texts.items()
    }
    left_out = sum(len(said) - len(told[name]) for name, said in texts.items())
    return WordsOfYear(**told, left_out=left_out)


def _considered(reviews: Iterable[NationalReview], year: ReportYear) -> Iterator[str]:
    for review in reviews:
        for one in review.considered:
            if year.holds(one.considered_on):
                yield f"{review.noted.title}: {one.means}"


def _nothing_to_do(reviews: Iterable[NationalReview], year: ReportYear) -> Iterator[str]:
    for review in reviews:
        for one in review.considered:
            if year.holds(one.considered_on) and one.nothing_because:
                yield f"{review.noted.title}: {one.nothing_because}"


def _done(reviews: Iterable[NationalReview], year: ReportYear) -> Iterator[str]:
    for review in reviews:
        for one in review.actions:
            if one.done is not None and year.holds(one.done.done_on):
                yield f"{review.noted.title}: {one.said.action} {one.done.evidence}"


def _checkers(work: UnitOfWork, cases: Iterable[Case]) -> Iterator[ReportChecker]:
    """Yield what knows each case that the words may be of: those of the year, and the open ones."""
    near = {one.id: one for one in (*cases, *open_cases(work.session))}
    return (ReportChecker(known_of_report(work, one)) for one in near.values())


def _tells(checkers: Iterable[ReportChecker], text: str) -> bool:
    """Tell whether a text holds a name, a day or a place of a case, or an address of a person."""
    return any(
        hit.kind.is_certain or hit.kind in _OF_A_PERSON
        for checker in checkers
        for hit in checker.hits([Passage("", text)], "")
    )
