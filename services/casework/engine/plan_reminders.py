"""What an action plan waits for is asked about again: its review, and each audit owed (EMB-04)."""

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

BEFORE: Final = timedelta(days=14)


def ask_about_plans(work: UnitOfWork, posted: Set[str]) -> None:
    """Ask two weeks before the day of a review or an audit, and again once it has passed.

    ``posted`` are the stems of the emails that were posted already.
    """
    waiting = open_of(work.session, Todo.REVIEW_PLAN, Todo.AUDIT_ACTION)
    cases = cases_of(work.session, {one.case_id for one in waiting})
    event = EmailTrigger.PLAN_WAITS
    for one in waiting:
        case, part = cases[one.case_id], _part(one, work.today)
        told = {key_stem(case, event, part), undeclared_stem(case, event, part)}
        if part and not posted & told:
            due = None if _has_passed(one, work.today) else one.last_day
            enqueue_email(work, case, event, EmailContext(due=due, part=part))


def _part(waiting: Assignment, today: date) -> str:
    """Return which asking it is, by the day that it is about; nothing before the first."""
    by = waiting.last_day
    if by is None or today < by - BEFORE:
        return ""
    return f"{waiting.id}:{by}:{'passed' if _has_passed(waiting, today) else 'near'}"


def _has_passed(waiting: Assignment, today: date) -> bool:
    """Tell whether its day is over, so that no email says to do it by then."""
    return waiting.last_day is not None and today > waiting.last_day
