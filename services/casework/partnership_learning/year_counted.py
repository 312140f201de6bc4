"""What of a year is counted for the yearly report: of cases, of themes, of the actions of plans."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.casework.steps.embedding.themes import themes_of
from services.casework.steps.plan_said import ActionReported, AuditRecorded
from services.database.cases import Case, every_case
from services.database.history import Entry, all_of_cases, newest_of_cases
from services.database.learning import themes_listed
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import AuditFinding, Progress
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.workflow import Outcome
from services.domain.working_days import london_date
from services.domain.yearly_report import (
    NumberOfYear,
    ReportYear,
    YearActions,
    YearCounted,
    told_together,
)

_FOUND: Mapping[AuditFinding, YearActions] = {
    AuditFinding.SUSTAINED: YearActions.SUSTAINED,
    AuditFinding.NOT_SUSTAINED: YearActions.NOT_SUSTAINED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedInYear:
    """The numbers of a year as they are told, and the cases of which something happened in it."""

    cases: tuple[NumberOfYear, ...]
    themes: tuple[NumberOfYear, ...]
    actions: tuple[NumberOfYear, ...]
    of_the_year: tuple[Case, ...]


def counted_in(work: UnitOfWork, year: ReportYear) -> CountedInYear:
    """Count what happened in the year; a case in which the actor has an interest is not among it.

    Of themes those of the cases count of which anything happened in the year, as they are named
    today; of actions those of every case.
    """
    found = every_case(work.session)
    days = {one.id: _days(one) for one in found}
    counts = Counter(what for its in days.values() for what, day in its.items() if year.holds(day))
    cases = told_together((one.value, label(one), counts[one]) for one in YearCounted)
    theirs = tuple(one for one in found if any(map(year.holds, days[one.id].values())))
    actions = _actions(work, [one.id for one in found], year)
    return CountedInYear(
        cases=cases,
        themes=_themes(work, {one.id for one in theirs}, cases),
        actions=told_together((one.value, label(one), actions[one]) for one in YearActions),
        of_the_year=theirs,
    )


def first_day(work: UnitOfWork) -> date | None:
    """Return the first day on which anything happened that is counted, if anything did."""
    days = (day for one in every_case(work.session) for day in _days(one).values() if day)
    return min(days, default=None)


def _days(case: Case) -> Mapping[YearCounted, date | None]:
    """Return on which day each happened; published is the report, or what stands in its place."""
    withheld = case.publishes is False
    begun = case.decided_on if case.outcome is Outcome.LOCAL_REVIEW else None
    return {
        YearCounted.NOTIFICATIONS: _day(case.notified_at),
        YearCounted.RAPID_REVIEWS: _day(case.submitted_at),
        YearCounted.LOCAL_REVIEWS: begun,
        YearCounted.PUBLISHED: None if withheld else case.published_on,
        YearCounted.NOT_PUBLISHED: case.published_on if withheld else None,
    }


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else london_date(moment)


def _themes(
    work: UnitOfWork, cases: set[UUID], beside: Sequence[NumberOfYear]
) -> tuple[NumberOfYear, ...]:
    """Return in how many of the cases each theme is named: those that are told first, by size."""
    newest = newest_of_cases(work.session, EntryType.THEMES_NAMED)
    known = themes_listed(work.session)
    named = (known.counted(themes_of(one)) for its, one in newest.items() if its in cases)
    counts = Counter(theme for each in named for theme in each)
    told = told_together(((str(one), known.words(one), n) for one, n in counts.items()), beside)
    return tuple(sorted(told, key=lambda one: (-(one.number.drawn or 0), one.what)))


def _actions(work: UnitOfWork, cases: Sequence[UUID], year: ReportYear) -> Counter[YearActions]:
    kinds = (EntryType.ACTION_UPDATED, EntryType.ACTION_AUDITED)
    counts: Counter[YearActions] = Counter()
    for entries in all_of_cases(work.session, cases, *kinds).values():
        for number in {one.subject for one in entries}:
            its = [one for one in entries if one.subject == number]
            counts.update(_of_action(its, year))
    return counts


def _of_action(entries: Iterable[Entry], year: ReportYear) -> set[YearActions]:
    """Return as what an action counts: how it stood at the end of the year, and its last audit.

    Done is one that was reported complete in the year and was not opened again within it.
    """
    done_on: date | None = None
    audited: YearActions | None = None
    for entry in entries:
        on = london_date(entry.at)
        if on > year.last:
            break
        if entry.entry_type is EntryType.ACTION_UPDATED:
            is_done = ActionReported.model_validate(entry.command).progress is Progress.COMPLETE
            done_on = (done_on or on) if is_done else None
            continue
        audit = AuditRecorded.model_validate(entry.command)
        if audit.finding is AuditFinding.NOT_SUSTAINED:
            done_on = None
        if audit.finding in _FOUND and year.holds(audit.audited_on):
            audited = _FOUND[audit.finding]
    done = {YearActions.DONE} if year.holds(done_on) else set()
    return done | ({audited} if audited else set())
