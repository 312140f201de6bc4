"""What speaks against days of publication on this case, and where each of it comes from (PUB-21).

The children's birthdays count also for who may not read of the children. Who does not read of the
family is told of what kind a day is, and no words of the register. Of what a police mark hides
from the reader nothing is told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from services.casework.access.parts import reads_family
from services.casework.effects import compute_due_date, last_day, policy_of
from services.casework.steps.communications.key_days import as_constraints
from services.casework.steps.communications.strategy import strategy_on_record
from services.casework.steps.family import members_on_record
from services.casework.steps.other_reviews.register import processes_on
from services.database.cases import Case, birthdays, children
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.errors import AnswerRefused
from services.domain.family import Relation
from services.domain.labels import label
from services.domain.publication_days import (
    AgainstDay,
    Constraint,
    DayStanding,
    PublicationDay,
    days_ahead,
    of_day,
)
from services.domain.working_days import ONE_DAY, Calendar, OutsideCalendar, written


def days_to_choose(work: UnitOfWork, case: Case) -> tuple[PublicationDay, ...]:
    """Return each day of the next twelve weeks, with all that speaks against it (PUB-21)."""
    known = tuple(_of_case(work, case))
    calendar = calendar_here(work, case)
    return tuple(
        of_day(day, (*_too_soon(work, case, day), *known, *_not_worked(calendar, day)))
        for day in days_ahead(work.today)
    )


def must_be_kept_clear(work: UnitOfWork, case: Case, day: date, why: str | None) -> None:
    """Refuse a day that is not possible, and one to be avoided without why it is taken (PUB-21).

    That it is too soon is said by the clock of the notice (K12).
    """
    calendar = calendar_here(work, case)
    found = of_day(day, (*_of_case(work, case), *_not_worked(calendar, day)))
    if found.standing is DayStanding.NOT_POSSIBLE:
        raise AnswerRefused(
            "publish_on",
            f"Choose another day. {written(day)} is not possible: {found.why} (PUB-21).",
        )
    if found.standing is DayStanding.TO_AVOID and why is None:
        raise AnswerRefused(
            "why_this_day",
            f"{written(day)} is to be avoided: {found.why}. Choose another day, or say why it is "
            "this one (PUB-21).",
        )


def against_day(work: UnitOfWork, case: Case, day: date) -> str:
    """Return what speaks against a day, as the actor may know it; nothing of a clear one."""
    calendar = calendar_here(work, case)
    return of_day(day, (*_of_case(work, case), *_not_worked(calendar, day))).why


def calendar_here(work: UnitOfWork, case: Case) -> Calendar:
    """Return the days on which people work here: a partnership may be closed on others."""
    return work.calendar.closed_on(policy_of(case).closed_days)


def _of_case(work: UnitOfWork, case: Case) -> Iterator[Constraint]:
    """Yield what the case, its register and its strategy name, whichever day is looked at."""
    is_told = reads_family(work, case.id)
    for one in (*_of_children(work, case), *_of_family(work, case)):
        yield one if is_told else replace(one, words=label(one.against))
    yield from _past_six_months(work, case)
    strategy = strategy_on_record(work, case)
    yield from as_constraints(strategy.kept_clear if strategy is not None else ())


def _of_family(work: UnitOfWork, case: Case) -> Iterator[Constraint]:
    """Yield the birthdays of brothers and sisters, and the days of other proceedings."""
    for member in members_on_record(work, case):
        if member.born_on is not None and Relation.SIBLING in member.relations:
            words = "a brother's or sister's birthday"
            yield _yearly(AgainstDay.SIBLING_BIRTHDAY, member.born_on, words, "the referral")
    for process in processes_on(work, case.id):
        for one in process.said.days:
            yield Constraint(
                against=AgainstDay.HEARING,
                first=one.first,
                last=one.last,
                words=f"{process.said.name}, {one.what}",
                source="the register of other proceedings",
            )


def _of_children(work: UnitOfWork, case: Case) -> Iterator[Constraint]:
    """Yield birthdays, the day of the incident, and the days of death, in any year."""
    never = DayStanding.NOT_POSSIBLE
    for born_on in birthdays(work.session, case.id):
        words = "a child's birthday"
        yield _yearly(AgainstDay.BIRTHDAY, born_on, words, "the referral", never)
    if case.incident_on is not None:
        words = "the day of the incident"
        yield _yearly(AgainstDay.INCIDENT, case.incident_on, words, "the referral", never)
    for row in children(work.session, case.id):
        died_on = row.particulars.get("died_on")
        if died_on is not None:
            day = date.fromisoformat(died_on)
            yield _yearly(AgainstDay.DEATH, day, "the day of a death", "the referral")


def _not_worked(calendar: Calendar, day: date) -> Iterator[Constraint]:
    """Yield that the day is at a weekend, a bank holiday or closed here, if it is."""
    try:
        why = calendar.why_not(day)
    except OutsideCalendar:
        why = "its bank holidays are not known yet"
    if why:
        yield Constraint(against=AgainstDay.NOT_WORKED, first=day, words=why, source="the calendar")


def _past_six_months(work: UnitOfWork, case: Case) -> Iterator[Constraint]:
    """Yield each day after the review's last one: it is published within six months (K11)."""
    limit = last_day(work, case, ClockId.K11)
    if limit is not None:
        yield Constraint(
            against=AgainstDay.PAST_SIX_MONTHS,
            first=limit + ONE_DAY,
            last=date.max,
            words=f"later than {written(limit)}, by which the review is to be published",
            source="LC-13, K11",
        )


def _too_soon(work: UnitOfWork, case: Case, day: date) -> Iterable[Constraint]:
    """Yield that the text can no longer be sent in time for the day (PUB-26, K12)."""
    try:
        limit = compute_due_date(work, case, ClockId.K12, publication=day).due
    except OutsideCalendar:
        return
    if limit < work.today:
        yield Constraint(
            against=AgainstDay.TOO_SOON,
            first=day,
            words=f"the text would have had to be sent by {written(limit)}",
            source="PUB-26, K12",
            standing=DayStanding.NOT_POSSIBLE,
        )


def _yearly(
    against: AgainstDay,
    day: date,
    words: str,
    source: str,
    standing: DayStanding = DayStanding.TO_AVOID,
) -> Constraint:
    return Constraint(
        against=against, first=day, words=words, source=source, standing=standing, is_yearly=True
    )
