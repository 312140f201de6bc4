"""The next weeks as days for publication, as the forms show them that choose one (PUB-21)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from services.casework.act import Act
from services.casework.steps.publication.days_against import days_to_choose
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital
from services.domain.publication_days import AgainstDay, DayStanding, PublicationDay
from services.domain.working_days import ONE_DAY

_CHOOSES: Final = frozenset(
    {
        EntryType.COMMUNICATIONS_PLANNED,
        EntryType.PUBLICATION_PLANNED,
        EntryType.PUBLICATION_WITHHELD,
    }
)


@dataclass(frozen=True, slots=True)
class DayToChoose:
    """A day, or several in a row: how they stand, and why, in words for who sees no colour."""

    day: str
    standing: str
    why: str


@dataclass(frozen=True, slots=True)
class WeekToChoose:
    """One week: what it is called, how many of its days stand how, and its days.

    Days in a row of which the same is told are told once.
    """

    called: str
    summary: str
    days: tuple[DayToChoose, ...]


def weeks_beside(work: UnitOfWork, act: Act, case: Case | None) -> tuple[WeekToChoose, ...]:
    """Return the next twelve weeks where the act chooses a day of publication."""
    if case is None or act.entry not in _CHOOSES:
        return ()
    found = groupby(
        days_to_choose(work, case), key=lambda one: one.day - ONE_DAY * one.day.weekday()
    )
    return tuple(_week(weekday_day_month_year(monday), tuple(days)) for monday, days in found)


def _week(monday: str, days: Sequence[PublicationDay]) -> WeekToChoose:
    return WeekToChoose(
        called=f"Week of {monday}",
        summary="; ".join(_counted(days)),
        days=tuple(
            DayToChoose(day=_called(tuple(run)), standing=label(standing), why=why)
            for (standing, why), run in groupby(days, key=_told)
        ),
    )


def _told(one: PublicationDay) -> tuple[DayStanding, str]:
    """Return how a day stands, and why; of one that is too soon nothing else matters."""
    for found in one.against:
        if found.against is AgainstDay.TOO_SOON:
            return one.standing, capital(f"{label(found.against)} ({found.source})")
    return one.standing, capital(one.why)


def _called(run: Sequence[PublicationDay]) -> str:
    """Write one day, or the first and the last: Monday 8 to Sunday 14 June 2026."""
    first, last = (weekday_day_month_year(one.day) for one in (run[0], run[-1]))
    if first == last:
        return last
    begin, end = first.split(), last.split()
    shared = next((at for at in (2, 3) if begin[at:] == end[at:]), None)
    return f"{' '.join(begin[:shared])} to {last}"


def _counted(days: Sequence[PublicationDay]) -> Iterator[str]:
    """Yield in words how many days of the week stand how."""
    for standing in DayStanding:
        number = sum(one.standing is standing for one in days)
        if number:
            yield f"{number} {label(standing)}"
