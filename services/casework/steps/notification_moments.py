"""Whether a moment of awareness or of a notice can be so: not in the future, nor out of order."""

from datetime import datetime

from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.working_days import london_date


def must_be_possible(work: UnitOfWork, case: Case, field: str, moment: datetime) -> None:
    """Refuse a moment in the future, or before what must have come first."""
    if moment > work.now:
        raise AnswerRefused(field, "Enter a time that is not in the future.")
    if field == "aware_at" and case.incident_on and london_date(moment) < case.incident_on:
        raise AnswerRefused(field, "This cannot be before the incident.")
    if field == "sent_at":
        if case.aware_at is None or not case.awareness_stated:
            raise RuleBroken("Record when the local authority became aware first (K1).")
        if moment < case.aware_at:
            raise AnswerRefused(field, "This cannot be before the local authority was aware.")
