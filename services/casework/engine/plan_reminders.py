"""What an action plan waits for is asked about again: its review, each audit owed (EMB-04).

So is each part of the plan by which the learning is shared; and an agency that has not confirmed
that its staff were given the briefing, once its day is over (EMB-07).
"""

from collections.abc import Mapping, Set
from datetime import date, timedelta
from typing import Final

from services.casework.effects.email_recipients import EmailContext
from services.casework.effects.emails import enqueue_email, key_stem, undeclared_stem
from services.casework.engine.step_reminders import OF_PUBLICATION, remind_of_steps
from services.database.assignments import Assignment, open_of
from services.database.cases import cases_of
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.todos import Todo

BEFORE: Final = timedelta(days=14)
_ASKED_BY: Final[Mapping[Todo, EmailTrigger]] = {
    Todo.REVIEW_PLAN: EmailTrigger.PLAN_WAITS,
    Todo.AUDIT_ACTION: EmailTrigger.PLAN_WAITS,
    Todo.SHARE_LEARNING: EmailTrigger.LEARNING_TO_SHARE,
    Todo.CONFIRM_BRIEFING: EmailTrigger.BRIEFING_TO_CONFIRM,
}


def ask_about_plans(work: UnitOfWork, posted: Set[str]) -> None:
    """Ask two weeks before the day of a review or an audit, and again once it has passed.

    Who has a step to publication is reminded with them: what waits is asked for once a round.
    ``posted`` are the stems of the emails that were posted already.
    """
    waiting = open_of(work.session, *_ASKED_BY, *OF_PUBLICATION)
    cases = cases_of(work.session, {one.case_id for one in waiting})
    remind_of_steps(work, posted, [one for one in waiting if one.todo in OF_PUBLICATION], cases)
    for one in waiting:
        if one.todo in OF_PUBLICATION:
            continue
        event = _ASKED_BY[one.todo]
        case, part = cases[one.case_id], _part(one, work.today)
        told = {key_stem(case, event, part), undeclared_stem(case, event, part)}
        if part and not posted & told:
            due = None if _has_passed(one, work.today) else one.last_day
            agency, todo = one.agency_id, one.todo if one.agency_id else None
            about = EmailContext(due=due, part=part, agency_id=agency, todo=todo)
            enqueue_email(work, case, event, about)


def _part(waiting: Assignment, today: date) -> str:
    """Return which asking it is, by the day that it is about; nothing before the first.

    An agency was told the day when it was asked: it is asked again once the day has passed.
    """
    by = waiting.last_day
    is_too_soon = waiting.agency_id is not None and not _has_passed(waiting, today)
    if by is None or today < by - BEFORE or is_too_soon:
        return ""
    return f"{waiting.id}:{by}:{'passed' if _has_passed(waiting, today) else 'near'}"


def _has_passed(waiting: Assignment, today: date) -> bool:
    """Tell whether its day is over, so that no email says to do it by then."""
    return waiting.last_day is not None and today > waiting.last_day
