"""Local trends in notifications, reviews and themes: the same numbers three times (EMB-10).

A sentence, a table and a picture are made of one `Number` each, so that none can say another.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.casework.steps.embedding.themes import themes_of
from services.database.cases import Case, every_case
from services.database.history import newest_of_cases
from services.database.learning import themes_listed
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.trends import Counted, Number, Year, years
from services.domain.workflow import Outcome
from services.domain.working_days import london_date

WIDTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One number with what it counts, and how wide its bar is drawn."""

    what: str
    number: Number
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trends:
    """All that the page says."""

    years: tuple[Year, ...]
    sentences: list[str]
    pictures: list[tuple[str, list[Bar]]]
    themes: list[Bar]
    themes_told: str
    cases: Number | None


def trends_of(work: UnitOfWork, *, outside: bool) -> Trends:
    """Count the cases of the partnership; a case in which the actor has an interest is not among.

    Outside the partnership small numbers are suppressed, and how many cases have themes is not
    told: with the number of one theme it would tell a small one.
    """
    cases = every_case(work.session)
    told = years(_happened(cases), work.today.year, outside=outside)
    themes, themed = _themes(work, cases, outside=outside)
    return Trends(
        years=told,
        sentences=[
            year.sentence(told[place - 1] if place else None) for place, year in enumerate(told)
        ],
        pictures=[(capital(label(one)), _bars(_of(told, one))) for one in Counted],
        themes=themes,
        themes_told=_in_words(themes),
        cases=None if outside else Number(themed),
    )


def _happened(cases: Sequence[Case]) -> Mapping[Counted, Sequence[int]]:
    """Return in which years it happened, once for each case."""
    return {
        Counted.NOTIFICATIONS: _years_of(one.notified_at for one in cases),
        Counted.RAPID_REVIEWS: _years_of(one.submitted_at for one in cases),
        Counted.LOCAL_REVIEWS: _years_of(
            one.decided_on for one in cases if one.outcome is Outcome.LOCAL_REVIEW
        ),
        Counted.REPORTS: _years_of(one.published_on for one in cases if one.publishes is not False),
    }


def _years_of(moments: Iterable[date | datetime | None]) -> list[int]:
    """Return the year in England of each that there is."""
    days = (london_date(one) if isinstance(one, datetime) else one for one in moments if one)
    return [day.year for day in days]


def _of(told: Sequence[Year], one: Counted) -> list[tuple[str, Number]]:
    return [(str(year.year), year.numbers[one]) for year in told]


def _bars(numbers: Sequence[tuple[str, Number]]) -> list[Bar]:
    """Return a bar for each number, as wide as it is of the greatest; none for what is not told."""
    greatest = max((one.drawn or 0 for _, one in numbers), default=0)
    return [
        Bar(what=what, number=one, width=WIDTH * (one.drawn or 0) // greatest if greatest else 0)
        for what, one in numbers
    ]


def _themes(work: UnitOfWork, cases: Sequence[Case], *, outside: bool) -> tuple[list[Bar], int]:
    """Return in how many cases each theme is named, most first, and how many name any."""
    known = {case.id for case in cases}
    newest = newest_of_cases(work.session, EntryType.THEMES_NAMED)
    listed = themes_listed(work.session)
    named = [listed.counted(themes_of(one)) for its, one in newest.items() if its in known]
    counts = Counter(theme for each in named for theme in each)
    ranked = sorted(counts.items(), key=lambda one: (-one[1], listed.words(one[0])))
    told = [(capital(listed.words(theme)), Number(many, outside)) for theme, many in ranked]
    if outside:  # among small numbers the order would tell which is the greater
        told.sort(key=lambda one: (one[1].is_suppressed, -(one[1].drawn or 0), one[0]))
    return _bars(told), len(named)


def _in_words(themes: Sequence[Bar]) -> str:
    if not themes:
        return "No case has named a theme yet."
    told = [one for one in themes if not one.number.is_suppressed]
    if not told:
        return "No theme is named in five cases or more."
    most = [f"{one.what} ({one.number.told})" for one in told[:3]]
    return f"Named in most cases: {', '.join(most)}."
