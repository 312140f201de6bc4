"""The next weeks as days for publication, as the forms show them that choose one (PUB-21)."""

from collections.abc import Iterator
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
from services.domain.publication_days import DayStanding, PublicationDay
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
    """One day, how it stands, and why: in words, for who sees no colour."""

    day: str
    standing: str
    why: str


@dataclass(frozen=True, slots=True)
class WeekToChoose:
    """One week: what it is called, how many of its days stand how, and each day."""

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


def _week(monday: str, days: tuple[PublicationDay, ...]) -> WeekToChoose:
    return WeekToChoose(
        called=f"Week of {monday}",
        summary="; ".join(_counted(days)),
        days=tuple(
            DayToChoose(
                day=weekday_day_month_year(one.day),
                standing=capital(label(one.standing)),
                why=capital(one.why),
            )
            for one in days
        ),
    )


def _counted(days: tuple[PublicationDay, ...]) -> Iterator[str]:
    """Yield in words how many days of the week stand how."""
    for standing in DayStanding:
        number = sum(one.standing is standing for one in days)
        if number:
            yield f"{number} {label(standing)}"
