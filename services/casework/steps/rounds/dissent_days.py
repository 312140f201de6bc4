"""By which day what is asked about a disagreement is to be done, and how it follows a clock."""

from datetime import date
from typing import Final

from services.casework.effects import last_day, move_todo, policy_of
from services.database.assignments import open_assignments
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.dissent import day_to_resolve
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.working_days import london_date

_WAITING: Final = {
    SignOffMatter.RAPID_REVIEW: ClockId.K10,
    SignOffMatter.RECOMMENDATIONS: ClockId.K11,
    SignOffMatter.REPORT: ClockId.K11,
    SignOffMatter.PUBLICATION: ClockId.K12,
}
"""Which duty waits until all partners agree on the matter."""


def day_that_waits(work: UnitOfWork, case: Case, matter: SignOffMatter) -> date | None:
    """Return the last day of the duty that waits for the partners' agreement, where one runs."""
    clock = _WAITING.get(matter)
    return last_day(work, case, clock) if clock else None


def move_route(work: UnitOfWork, case: Case, clock: ClockId, due: date) -> None:
    """Give what is asked about a disagreement the day that follows from the clock's new last day.

    A day that has passed already is not made anew by it.
    """
    asked = {matter.value for matter, waits in _WAITING.items() if waits == clock}
    for one in open_assignments(work.session, case.id):
        if one.subject not in asked:
            continue
        if one.todo is Todo.HEAR_NAMED_LEADS:
            move_todo(work, case, one.todo, due, subject=one.subject)
        elif one.todo is Todo.RESOLVE_DISAGREEMENT:
            by = day_from(work, case, london_date(one.opened_at), due)
            if by < work.today:
                by = min(work.today, one.last_day or work.today)
            move_todo(work, case, one.todo, by, subject=one.subject)


def day_from(work: UnitOfWork, case: Case, since: date, waits: date | None) -> date:
    """Return by which day a disagreement that was given ``since`` is to be resolved (RR-37)."""
    policy = policy_of(case)
    calendar = work.calendar.closed_on(policy.closed_days)
    return day_to_resolve(since, policy.dissent_days, waits, calendar)
