"""What the page of a case says of a notification that stands withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime

from services.casework.steps.notification.notification_withdrawn import withdrawal_on_record
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalLine:
    """Which notification was withdrawn, and when and under which reference the Panel confirmed."""

    notification: str
    notified_at: datetime
    confirmed_on: date
    reference: str


def withdrawal_line(work: UnitOfWork, case: Case) -> WithdrawalLine | None:
    """Return what is told of the withdrawal by which the case stands unnotified, if one does."""
    said = withdrawal_on_record(work, case)
    if said is None:
        return None
    return WithdrawalLine(
        notification=said.notification,
        notified_at=said.notified_at,
        confirmed_on=said.confirmed_on,
        reference=said.reference,
    )
