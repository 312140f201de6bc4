"""What the plan of a rapid review leaves to spare, in words: counted backwards from submission."""

from collections.abc import Sequence
from datetime import date

from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.rules import ClockId
from services.domain.clocks.spare import working_days_to_spare
from services.domain.plain_dates import weekday_day_month_year
from services.domain.working_days import london_date


def spare_in_words(
    work: UnitOfWork, case: Case, running: Sequence[RunningClock], policy: PartnershipPolicy
) -> str:
    """Say how many working days are to spare, and if what is by when; nothing of another plan.

    ``running`` are the time limits that run on the case. Before the meeting it hangs on its day, or
    on the last one on which it may be; afterwards on the record's last day (K7, K8, K10).
    """
    ends = {one.clock: one.due for one in running if not one.subject}
    submit_by, record_by = ends.get(ClockId.K10), ends.get(ClockId.K8)
    if submit_by is None or submit_by < work.today:
        return ""
    if record_by is not None:
        days = working_days_to_spare(record_by, 0, submit_by, work.calendar)
        return _said(days, f"the record goes by {weekday_day_month_year(record_by)}")
    meeting_on = _meeting_day(case, ends.get(ClockId.K7))
    if case.met_on is not None or meeting_on is None:
        return ""
    meeting_on = max(meeting_on, work.today)
    takes = policy.length(ClockId.K8)
    days = working_days_to_spare(meeting_on, takes, submit_by, work.calendar)
    return _said(days, f"the meeting is by {weekday_day_month_year(meeting_on)}")


def _meeting_day(case: Case, latest: date | None) -> date | None:
    return london_date(case.meeting_at) if case.meeting_at is not None else latest


def _said(days: int, condition: str) -> str:
    if days < 0:
        return f"The submission is {_working_days(-days)} late even if {condition}"
    return f"{_working_days(days) if days else 'No working day'} to spare if {condition}"


def _working_days(count: int) -> str:
    return f"{count} working {'day' if count == 1 else 'days'}"
