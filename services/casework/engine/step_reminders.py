"""Who has a step to publication is reminded of it: a week before its day, and once it has passed.

So is an agency that has yet to tell its practitioners of the day (PUB-21, PUB-22).
"""

from collections.abc import Iterable, Mapping, Set
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from services.casework.effects.email_recipients import EmailContext
from services.casework.effects.emails import enqueue_email_to, key_stem, undeclared_stem
from services.database.assignments import Assignment
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.recipients import Recipient
from services.domain.roles import Role
from services.domain.todos import Todo

OF_PUBLICATION: Final = (Todo.PUBLICATION_STEP, Todo.CONFIRM_STAFF_TOLD)
BEFORE: Final = timedelta(days=7)
_WRITTEN_TO: Final = {
    Role.BUSINESS_MANAGER: Recipient.BUSINESS_MANAGER,
    Role.COMMUNICATIONS_LEAD: Recipient.COMMUNICATIONS,
    Role.REVIEW_GROUP_CHAIR: Recipient.CHAIR,
    Role.LEAD_REVIEWER: Recipient.REVIEWER,
    Role.AGENCY_LEAD: Recipient.AGENCY,
}


def remind_of_steps(
    work: UnitOfWork,
    posted: Set[str],
    waiting: Iterable[Assignment],
    cases: Mapping[UUID, Case],
) -> None:
    """Write to whoever has a step that is near or overdue; each is written to once for each.

    ``posted`` are the stems of the emails that were posted already.
    """
    event = EmailTrigger.PUBLICATION_STEP_DUE
    for one in waiting:
        case, part = cases[one.case_id], _part(one, work.today)
        told = {key_stem(case, event, part), undeclared_stem(case, event, part)}
        if part and not posted & told:
            due = None if part.endswith("passed") else one.last_day
            about = EmailContext(due=due, todo=one.todo, agency_id=one.agency_id, part=part)
            enqueue_email_to(work, case, event, (_WRITTEN_TO[one.role],), about)


def _part(waiting: Assignment, today: date) -> str:
    """Return which reminder it is, by the day that it is about; nothing before the first."""
    by = waiting.last_day
    if by is None or today < by - BEFORE:
        return ""
    return f"{waiting.id}:{by}:{'passed' if today > by else 'near'}"
