"""The bank holidays and their changes as operators read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from services.database.bank_holidays import (
    HolidayAnswer,
    HolidayProposal,
    proposals,
)
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.bank_holidays import ONE_OFF_DAYS, HolidayChange
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
    since: datetime | None = None


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
    known = {one.day: one for one in _of_release(work)} | _changed(work)
    return [
        known.get(day) or HolidayLine(day=day, title=title, source="")
        for day, title in work.calendar.bank_holidays.items()
        if 0 <= day.year - work.today.year <= YEARS_SHOWN
    ]


def days_struck_out(work: UnitOfWork) -> list[HolidayLine]:
    """Return the days that were bank holidays and are none any more, in order."""
    known = {one.day: one for one in _of_release(work, held=False)} | _changed(work, held=False)
    return [
        one
        for day, one in sorted(known.items())
        if day not in work.calendar.bank_holidays and abs(day.year - work.today.year) <= YEARS_SHOWN
    ]


def _of_release(work: UnitOfWork, *, held: bool = True) -> list[HolidayLine]:
    """Return the one-off days that the product itself knows, which nobody put on record here."""
    return [
        HolidayLine(day=one.day, title=one.title, source=one.source)
        for one in ONE_OFF_DAYS
        if one.held is held and abs(one.day.year - work.today.year) <= YEARS_SHOWN
    ]


def _changed(work: UnitOfWork, *, held: bool = True) -> dict[date, HolidayLine]:
    """Return the days that two operators put on record, each by the newest approval."""
    approved = sorted(
        (
            (answer.answered_at, proposal)
            for proposal, answer in proposals(work.session)
            if answer is not None and answer.is_approved
        ),
        key=lambda one: (one[0] is not None and one[0], one[1].id),
    )
    return {
        one.day: HolidayLine(day=one.day, title=one.title, source=one.source, since=answered_at)
        for answered_at, proposal in approved
        for one in proposal.days
        if one.held is held
    }


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
