"""Days of what was done outside Keyline and is put on record afterwards."""

from datetime import date

from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.plain_dates import day_month_year


def must_be_past(work: UnitOfWork, field: str, told: date, since: date | None = None) -> None:
    """Refuse a day that has not come, or that lies before what it follows."""
    if told > work.today:
        raise AnswerRefused(field, "It has not come yet: enter today or an earlier day.")
    if since is not None and told < since:
        raise AnswerRefused(field, f"Enter {day_month_year(since)} or a later day.")
