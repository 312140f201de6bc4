"""How many working days the plan of the rapid review leaves to spare, counted backwards (E-13)."""

from datetime import date

from services.domain.working_days import Calendar


def working_days_to_spare(
    meeting_on: date, record_takes: int, submit_by: date, calendar: Calendar
) -> int:
    """Return how many working days are left between the record's last day and the submission's.

    ``record_takes`` is how many working days after the meeting the record takes (K8). Below
    nought, the record would come that many working days after the last day to submit (K10).
    """
    record_by = calendar.add_working_days(meeting_on, record_takes)
    if record_by <= submit_by:
        return calendar.working_days_between(record_by, submit_by)
    return -calendar.working_days_between(submit_by, record_by)
