"""Whether a moment of awareness or of a notice can be so: not in the future, nor out of order."""

from datetime import date, datetime

from services.casework.effects import last_day
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.working_days import london_date


def must_be_possible(work: UnitOfWork, case: Case, field: str, moment: datetime) -> None:
    """Refuse a moment in the future, or before what must have come first."""
    if moment > work.now:
        raise AnswerRefused(field, "Enter a time that is not in the future.")
    if field == "aware_at" and case.incident_on and london_date(moment) < case.incident_on:
        raise AnswerRefused(field, "Enter a time after the incident.")
    if field == "sent_at":
        if case.aware_at is None or not case.awareness_stated:
            raise RuleBroken("Record when the local authority became aware first (K1).")
        if moment < case.aware_at:
            raise AnswerRefused(field, "Enter a time after the local authority was aware.")


def must_say_why_late(work: UnitOfWork, case: Case, sent_on: date, late_reason: str | None) -> None:
    """Refuse a late notification without a reason; with one it still counts (NOT-03)."""
    limit = last_day(work, case, ClockId.K1)
    if limit and sent_on > limit and not late_reason:
        raise AnswerRefused("late_reason", "Enter why it was late: it was due earlier (NOT-03).")
