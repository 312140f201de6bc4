"""The bank holidays and their changes as operators read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from services.database.bank_holidays import (
    HolidayAnswer,
    HolidayProposal,
    approved_holidays,
    proposals,
)
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.bank_holidays import HolidayChange
from services.domain.plain_dates import weekday_day_month_year

YEARS_SHOWN: Final = 2
ELSEWHERE: Final = "an operator of another partnership"
_BY: Final = {
    HolidayChange.HELD: "becomes a bank holiday",
    HolidayChange.STRUCK_OUT: "is no bank holiday any more",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayLine:
    """A bank holiday in force, and where it is published if it was put on record here."""

    day: date
    title: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """A change of the bank holidays, who proposed it, and what was said of it."""

    id: UUID
    what: str
    title: str
    source: str
    proposed_by: str
    proposed_at: datetime | None
    answer: str
    answered_by: str
    answered_at: datetime | None


def holidays_in_force(work: UnitOfWork) -> list[HolidayLine]:
    """Return the bank holidays of this year and the next two, in order."""
    sources = {one.day: one.source for one in approved_holidays(work.session).days if one.held}
    return [
        HolidayLine(day=day, title=title, source=sources.get(day, ""))
        for day, title in work.calendar.bank_holidays.items()
        if 0 <= day.year - work.today.year <= YEARS_SHOWN
    ]


def changes_of_holidays(work: UnitOfWork) -> list[ChangeLine]:
    """Return every change that was proposed, newest first."""
    found = proposals(work.session)
    people = {proposal.proposed_by for proposal, _ in found}
    people |= {answer.answered_by for _, answer in found if answer is not None}
    known = names(work.session, people)
    return [_line(proposal, answer, known) for proposal, answer in found]


def in_short(proposal: HolidayProposal) -> str:
    """Say what the proposal does to which day."""
    days = (f"{weekday_day_month_year(one.day)} {_BY[one.change]}" for one in proposal.days)
    return f"{' and '.join(days)}: {proposal.title}"


def _line(
    proposal: HolidayProposal, answer: HolidayAnswer | None, known: Mapping[UUID, str]
) -> ChangeLine:
    return ChangeLine(
        id=proposal.id,
        what=in_short(proposal),
        title=proposal.title,
        source=proposal.source,
        proposed_by=known.get(proposal.proposed_by, ELSEWHERE),
        proposed_at=proposal.proposed_at,
        answer=_answer(answer),
        answered_by=known.get(answer.answered_by, ELSEWHERE) if answer else "",
        answered_at=answer.answered_at if answer else None,
    )


def _answer(answer: HolidayAnswer | None) -> str:
    if answer is None:
        return ""
    return "In force" if answer.is_approved else f"Refused: {answer.reasons}"
