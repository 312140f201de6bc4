"""The national days for which agencies' answers are needed: no day that they are given passes them.

In a joint review they are the days of the case that carries it, as it has told us of them.
"""

from datetime import date
from typing import Final

from services.casework.effects import compute_due_date, last_day
from services.casework.joint.notifications import notifications_received
from services.database.agency_requests import AgencyRequest
from services.database.cases import Case
from services.database.history import all_of
from services.database.joint_reviews import membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.labels import label
from services.domain.working_days import london_date, written

_STAYS: Final = {Asked.SCOPING_RETURN: ClockId.K10, Asked.REPORT: ClockId.K11}


def must_leave_national_day(
    work: UnitOfWork, case: Case, request: AgencyRequest, now: date, field: str
) -> None:
    """Refuse a day after the national one that the answer is needed for, while that is to come."""
    national = _STAYS[request.asked]
    limit = _limit(work, case, national)
    if limit is not None and work.today <= limit < now:
        raise AnswerRefused(
            field,
            f"{label(national)}: by the end of {written(limit)} ({national}). That day does not "
            "move; give the agency one that leaves it.",
        )


def _limit(work: UnitOfWork, case: Case, national: ClockId) -> date | None:
    """Return the national last day on the case that carries the review, if it runs there."""
    membership = membership_of(work.session, case.id)
    if membership is None or membership.is_lead:
        return last_day(work, case, national)
    if national is ClockId.K10:
        return _submitted_by(work, case)
    opened = all_of(work.session, case.id, EntryType.REVIEW_OPENED_BY_LEAD)
    days = [
        one.command["last_day"]
        for one in opened
        if one.subject == str(membership.joint_review_id) and one.command["last_day"]
    ]
    return date.fromisoformat(days[-1]) if days else None


def _submitted_by(work: UnitOfWork, case: Case) -> date | None:
    """Return the day that the earliest notification of the incident gives the lead (RR-34)."""
    days = [one.notified_on for one in notifications_received(work, case)]
    days += [london_date(case.notified_at)] if case.notified_at else []
    if not days:
        return None
    return compute_due_date(work, case, ClockId.K10, notification=min(days)).due
