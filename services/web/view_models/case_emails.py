"""The emails of a case for its manager: what each tells, to whom by role, and how it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from services.casework.labels import label
from services.database.cases import Case
from services.database.email_settings import EmailSetting, habits_at
from services.database.outbox import DeliveryStatus, OutboxEmail, case_emails, digests_of
from services.database.unit_of_work import UnitOfWork
from services.domain.email_waiting import EmailWay
from services.domain.plain_dates import date_and_time
from services.domain.plain_text import capital

MOST_SHOWN: Final = 100
_COLOURS: Final = {
    DeliveryStatus.WAITING: "blue",
    DeliveryStatus.PENDING: "blue",
    DeliveryStatus.SENDING: "blue",
    DeliveryStatus.SENT: "green",
    DeliveryStatus.HELD: "orange",
    DeliveryStatus.FAILED: "red",
    DeliveryStatus.STOPPED: "grey",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEmailLine:
    """One email: what it tells, who is written to, since when, and what became of it.

    ``digest`` says with which digest it goes or went, or until when it waits.
    """

    what: str
    whom: str
    ordered_at: datetime
    sent_at: datetime | None
    status: str
    colour: str
    digest: str


@dataclass(frozen=True, slots=True)
class CaseEmailsView:
    """The newest emails of the case, and how many there are in all."""

    lines: list[CaseEmailLine]
    all_in_all: int


@dataclass(frozen=True, slots=True)
class _Waits:
    """What is read once for all lines: the digests, and how those who wait get their emails."""

    digests: Mapping[UUID, datetime]
    habits: Mapping[str, EmailSetting]

    @classmethod
    def of(cls, work: UnitOfWork, shown: Sequence[OutboxEmail]) -> "_Waits":
        ids = {one.digest_id for one in shown if one.digest_id is not None}
        waiting = {one.address for one in shown if one.waits_until is not None}
        digests = {one.id: one.posted_at for one in digests_of(work.session, ids)}
        return cls(digests, habits_at(work.session, waiting) if waiting else {})

    def said(self, one: OutboxEmail) -> str:
        """Say what is on record: the digest it is put into, else what it waits for."""
        made_at = self.digests.get(one.digest_id) if one.digest_id is not None else None
        if made_at is not None:
            went = one.delivery is DeliveryStatus.SENT
            return f"{'Went' if went else 'Goes'} with the digest of {date_and_time(made_at)}"
        if one.waits_until is None:
            return ""
        setting, until = self.habits.get(one.address.lower()), date_and_time(one.waits_until)
        in_digest = setting is not None and setting.way is EmailWay.DIGEST
        return f"Goes with the digest of {until}" if in_digest else f"Waits until {until}"


def case_emails_view(work: UnitOfWork, case: Case) -> CaseEmailsView:
    """Return them, newest first; of an address nothing is told, it may be a person's."""
    found = case_emails(work.session, case.id)[::-1]
    shown = found[:MOST_SHOWN]
    waits = _Waits.of(work, shown)
    lines = [
        CaseEmailLine(
            what=capital(label(one.event)),
            whom=capital(label(one.recipient)),
            ordered_at=one.posted_at,
            sent_at=one.sent_at,
            status=capital(label(one.delivery)),
            colour=_COLOURS[one.delivery],
            digest=waits.said(one),
        )
        for one in shown
    ]
    return CaseEmailsView(lines, len(found))
