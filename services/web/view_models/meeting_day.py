"""The day of a rapid review meeting, as it stands above what waits for it."""

from datetime import date

from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.workflow import Stage
from services.domain.working_days import london_date


def meeting_ahead(work: UnitOfWork, case: Case) -> date | None:
    """Return the day of the meeting while it is to come; none once it was held or has passed."""
    day = london_date(case.meeting_at) if case.meeting_at is not None else None
    return day if day is not None and case.met_on is None and day >= work.today else None


def lacks_meeting(case: Case) -> bool:
    """Tell whether a rapid review is under way whose meeting has no date yet."""
    return case.stage is Stage.RAPID_REVIEW and case.meeting_at is None
