"""The emails of a case for its manager: what each tells, to whom by role, and how it stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.casework.labels import label
from services.database.cases import Case
from services.database.outbox import DeliveryStatus, case_emails
from services.database.unit_of_work import UnitOfWork
from services.domain.plain_text import capital

MOST_SHOWN: Final = 100
_COLOURS: Final = {
    DeliveryStatus.PENDING: "blue",
    DeliveryStatus.SENDING: "blue",
    DeliveryStatus.SENT: "green",
    DeliveryStatus.HELD: "orange",
    DeliveryStatus.FAILED: "red",
    DeliveryStatus.STOPPED: "grey",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEmailLine:
    """One email: what it tells, who is written to, since when, and what became of it."""

    what: str
    whom: str
    ordered_at: datetime
    sent_at: datetime | None
    status: str
    colour: str


@dataclass(frozen=True, slots=True)
class CaseEmailsView:
    """The newest emails of the case, and how many there are in all."""

    lines: list[CaseEmailLine]
    all_in_all: int


def case_emails_view(work: UnitOfWork, case: Case) -> CaseEmailsView:
    """Return them, newest first; of an address nothing is told, it may be a person's."""
    found = case_emails(work.session, case.id)[::-1]
    lines = [
        CaseEmailLine(
            what=capital(label(one.event)),
            whom=capital(label(one.recipient)),
            ordered_at=one.posted_at,
            sent_at=one.sent_at,
            status=capital(label(one.delivery)),
            colour=_COLOURS[one.delivery],
        )
        for one in found[:MOST_SHOWN]
    ]
    return CaseEmailsView(lines, len(found))
