"""The emails of the acts that meet a duty to tell: which ones take it back where they failed.

The partners are told that it was notified or not (K2), the agencies that they are asked (K5).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID

from services.casework.effects.emails import key_stem
from services.database.cases import Case
from services.database.clocks import clocks
from services.database.history import last_fact, said_for_review
from services.database.outbox import OutboxEmail, case_emails
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.recipients import Recipient
from services.domain.working_days import london_date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActThatTells:
    """An act that meets a duty to tell by the emails that it posts: its entries, and to whom."""

    entries: tuple[EntryType, ...]
    events: tuple[EmailTrigger, ...]
    recipient: Recipient


# What the act itself meets, and what is taken back while an email of it has failed: to a partner
# that it was notified or not (K2), to an agency that it is asked (K5).
TAKEN_BACK_BY: Final[Mapping[ClockId, ActThatTells]] = MappingProxyType(
    {
        ClockId.K2: ActThatTells(
            entries=(EntryType.NOTIFICATION_RECORDED, EntryType.NOTIFY_DECIDED),
            events=(EmailTrigger.NOTIFICATION_RECORDED, EmailTrigger.NOT_NOTIFIED),
            recipient=Recipient.PARTNERS,
        ),
        ClockId.K5: ActThatTells(
            entries=(EntryType.RETURNS_REQUESTED,),
            events=(EmailTrigger.SCOPING_REQUESTED,),
            recipient=Recipient.AGENCY,
        ),
    }
)


def told_by_act(work: UnitOfWork, case: Case, clock: ClockId) -> list[OutboxEmail]:
    """Return the emails of the acts that met the duty: no chase, no correction, no later partner's.

    Who has yet to declare is told only that, once a case: where the act came later, the email that
    was posted before it is the one by which they are reached.
    """
    act, moments = TAKEN_BACK_BY[clock], _moments(work, case, clock)
    reopened = last_fact(work.session, case.id, EntryType.REOPENED)
    since = reopened.at if reopened else datetime.min.replace(tzinfo=UTC)
    ours = [one for one in case_emails(work.session, case.id) if one.recipient is act.recipient]
    in_full = [one for one in ours if one.event in act.events and one.posted_at in moments]
    reached = {one.address for one in in_full}
    once = f"{key_stem(case, EmailTrigger.DECLARATION_NEEDED, '')}:"
    to_declare = [
        one
        for one in ours
        if one.key.startswith(once)
        and one.address not in reached
        and since <= one.posted_at <= max(moments, default=since)
    ]
    return in_full + to_declare


def _moments(work: UnitOfWork, case: Case, clock: ClockId) -> set[datetime]:
    """Return when the duty was met by an act, for the review that now is.

    An agency that was found later has a clock of its own: asking such alone does not count (RR-39).
    """
    own = {
        (one.subject, one.met_on)
        for one in clocks(work.session, case.id)
        if one.clock is clock and one.subject
    }
    return {
        entry.at
        for entry in said_for_review(work.session, case.id, *TAKEN_BACK_BY[clock].entries)
        if not (entry.agencies and all(_day_of(one, entry.at) in own for one in entry.agencies))
    }


def _day_of(agency: UUID, at: datetime) -> tuple[str, date]:
    return str(agency), london_date(at)
