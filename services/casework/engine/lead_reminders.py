"""Leads that nobody has decided are asked about again, so that none is lost (NOT-08)."""

from collections.abc import Set
from datetime import date, timedelta
from typing import Final

from services.casework.effects.email_recipients import EmailContext
from services.casework.effects.emails import enqueue_email, key_stem, undeclared_stem
from services.database.assignments import Assignment, open_of
from services.database.cases import cases_of
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.todos import Todo
from services.domain.working_days import london_date

EVERY: Final = timedelta(days=7)


def ask_about_leads(work: UnitOfWork, posted: Set[str]) -> None:
    """Ask again on the day until which a lead waits, or after a week, and each week from then.

    ``posted`` are the stems of the emails that were posted already.
    """
    waiting = open_of(work.session, Todo.DECIDE_LEAD)
    if not waiting:
        return
    cases = cases_of(work.session, {one.case_id for one in waiting})
    event = EmailTrigger.LEAD_LOGGED
    for one in waiting:
        case, part = cases[one.case_id], _part(one, work.today)
        told = {key_stem(case, event, part), undeclared_stem(case, event, part)}
        if part and not posted & told:
            enqueue_email(work, case, event, EmailContext(due=one.last_day, part=part))


def _part(waiting: Assignment, today: date) -> str:
    """Return which asking it is, by its week; nothing before the first."""
    first = waiting.last_day or london_date(waiting.opened_at) + EVERY
    return f"{waiting.id}:{(today - first) // EVERY}" if today >= first else ""
