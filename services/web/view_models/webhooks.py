"""Where systems are told what happens, and what became of each message, as administrators read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.casework.people.webhooks import journal_of
from services.database.delegations import get_membership
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.database.webhooks import Webhook, WebhookDelivery, get_webhook, webhooks
from services.domain.labels import label
from services.domain.plain_dates import day_month_year
from services.domain.plain_text import capital
from services.domain.webhooks import DeliveryStanding, events_in
from services.domain.working_days import LONDON, london_date

_NOT_OF_HERE = "a platform administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookLine:
    """An address of a system: what was entered and said of it, and what may be done."""

    id: UUID
    name: str
    address: str
    words: str
    standing: str
    waits: bool
    holds: bool
    is_signed: bool
    may_answer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    """A message: of what it tells, how it stands, and what was answered when."""

    id: UUID
    what: str
    at: str
    standing: str
    tries: list[str]
    may_go_again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookPage:
    """What a system is told: its addresses, newest first, and the newest messages."""

    system_id: UUID
    name: str
    lines: list[WebhookLine]
    messages: list[DeliveryLine]

    @property
    def now(self) -> WebhookLine | None:
        """Return the address that waits or holds, if there is one."""
        return next((one for one in self.lines if one.waits or one.holds), None)


def webhooks_waiting(work: UnitOfWork) -> list[WebhookLine]:
    """Return the addresses that wait for a second administrator, newest first."""
    return [_line(work, one) for one in webhooks(work.session) if one.waits]


def webhook_words(work: UnitOfWork, webhook_id: UUID) -> str:
    """Say of which system an address is and what was entered; another partnership's is none."""
    line = _line(work, get_webhook(work.session, webhook_id))
    return f"{line.name}. {line.words}"


def webhook_page(work: UnitOfWork, system_id: UUID) -> WebhookPage:
    """Return everything about what the system is told."""
    found, sent = journal_of(work, system_id)
    person_id = get_membership(work.session, system_id).person_id
    holding = {one.id for one in found if one.holds}
    return WebhookPage(
        system_id=system_id,
        name=names(work.session, {person_id})[person_id],
        lines=[_line(work, one) for one in found],
        messages=[_message(one, holding) for one in sent],
    )


def _line(work: UnitOfWork, one: Webhook) -> WebhookLine:
    person_id = get_membership(work.session, one.membership_id).person_id
    known = names(work.session, {person_id, one.added_by, *filter(None, [one.answered_by])})
    told = ", ".join(label(event) for event in sorted(events_in(one.events)))
    by = known.get(one.added_by, _NOT_OF_HERE)
    entered = f"Entered by {by}, {_day(one.added_at)}: {one.reasons}"
    return WebhookLine(
        id=one.id,
        name=known.get(person_id, ""),
        address=one.address,
        words=f"{one.address}. Told when {told}. {entered}",
        standing=_standing(one, known),
        waits=one.waits,
        holds=one.holds,
        is_signed=one.sealed is not None,
        may_answer=one.waits and one.added_by != work.actor.person_id,
    )


def _standing(one: Webhook, known: dict[UUID, str]) -> str:
    if one.waits:
        return "Waits for a second administrator"
    by = known.get(one.answered_by, _NOT_OF_HERE) if one.answered_by else ""
    if one.is_confirmed is False:
        return f"Refused by {by}, {_day(one.ended_at)}: {one.grounds}"
    if one.ended_at is not None:
        return f"Ended {_day(one.ended_at)}: {one.ended_because}"
    return f"Confirmed by {by}, {_day(one.answered_at)}: {one.grounds}"


def _message(one: WebhookDelivery, holding: Iterable[UUID]) -> DeliveryLine:
    again = {DeliveryStanding.TAKEN, DeliveryStanding.SET_ASIDE}
    return DeliveryLine(
        id=one.id,
        what=capital(label(one.event)),
        at=_moment(one.at),
        standing=capital(label(one.standing)),
        tries=[_try(told) for told in one.tries],
        may_go_again=one.standing in again and one.webhook_id in holding,
    )


def _try(told: dict[str, Any]) -> str:
    answered = f"answered {told['status']}" if told["status"] else "no answer"
    return f"{_moment(datetime.fromisoformat(told['at']))}: {answered}"


def _moment(at: datetime) -> str:
    return f"{_day(at)}, {at.astimezone(LONDON):%H:%M}"


def _day(at: datetime | None) -> str:
    return day_month_year(london_date(at)) if at is not None else ""
