"""A system is told by webhook: one administrator enters the address, another confirms it.

Who enters, answers and ends is on record as for a system itself, and nothing is sent before a
signing secret was made, which is shown once and kept under the partnership's key.
"""

import secrets
from typing import Final
from uuid import UUID, uuid4

from pydantic import Field

from services.casework.audit import note_row
from services.casework.commands import Command, ShortText, YesNo
from services.casework.people.records import (
    begin_administering,
    entered_by,
    form_about,
    keep,
    must_administer,
    was_sent,
)
from services.database.delegations import get_membership
from services.database.people import Membership
from services.database.unit_of_work import UnitOfWork
from services.database.webhooks import (
    Webhook,
    WebhookDelivery,
    deliveries,
    get_webhook,
    send_again,
    webhooks,
)
from services.domain.audit import PeopleEvent
from services.domain.errors import AlreadyDone, AnswerRefused, NotFound, RuleBroken
from services.domain.roles import Role
from services.domain.systems import Scope, is_return_address, scopes_in
from services.domain.webhooks import (
    OVERLAP,
    WebhookEvent,
    events_written,
    must_be_second_person,
    secret_of,
)
from services.identity.actors import is_live

_BYTES: Final = 32


class EnterWebhook(Command):
    """That a system is told when something happens: where, of what, and why."""

    address: ShortText = Field(
        title="To which address is it told?",
        description="It begins with https:// and answers on the public internet.",
    )
    events: tuple[WebhookEvent, ...] = Field(
        title="What is it told of?",
        min_length=1,
        description="A message holds the case's id and reference, what kind of thing happened and "
        "when, and no word of the case. A system of an agency is told of that agency's cases.",
    )
    reasons: ShortText = Field(title="What is it for, and on whose word is it entered?")


class AnswerWebhook(Command):
    """What a second administrator says of the address."""

    is_confirmed: YesNo = Field(title="Is the system to be told at this address?")
    grounds: ShortText = Field(title="How do you know, or why not?")


class EndWebhook(Command):
    """Why a system is told no more."""

    reasons: ShortText = Field(title="Why is it told no more?")


def enter_webhook(work: UnitOfWork, system_id: UUID, command: EnterWebhook) -> None:
    """Enter an address; another administrator is to confirm it, and nothing is sent yet."""
    begin_administering(work)
    form = form_about(command, system_id)
    if was_sent(work, form):
        return
    held = system_let_in(work, system_id)
    if Scope.READ not in scopes_in(held.decides):
        raise RuleBroken("It is not let read where cases stand, so it is told nothing of them.")
    if not is_return_address(command.address):
        raise AnswerRefused("address", "Enter a whole address that begins with https://.")
    if any(one.waits or one.holds for one in webhooks(work.session, held.id)):
        raise RuleBroken("It has an address: end that first.")
    webhook = Webhook(
        **entered_by(work),
        id=work.once or uuid4(),
        membership_id=held.id,
        address=command.address,
        events=events_written(command.events),
        reasons=command.reasons,
    )
    keep(work, webhook, form, PeopleEvent.WEBHOOK_ENTERED)


def answer_webhook(work: UnitOfWork, webhook_id: UUID, command: AnswerWebhook) -> None:
    """Confirm or refuse, as another administrator than who entered it."""
    begin_administering(work)
    webhook = get_webhook(work.session, webhook_id, for_change=True)
    if not webhook.waits:
        raise AlreadyDone("This address has been answered already. The first answer stands.")
    must_be_second_person(work.actor.person_id, webhook.added_by)
    webhook.is_confirmed, webhook.grounds = command.is_confirmed, command.grounds
    webhook.answered_by, webhook.answered_at = work.actor.person_id, work.now
    if not command.is_confirmed:
        webhook.ended_at = work.now
    is_yes = command.is_confirmed
    _note(work, webhook, PeopleEvent.WEBHOOK_CONFIRMED if is_yes else PeopleEvent.WEBHOOK_REFUSED)


def end_webhook(work: UnitOfWork, webhook_id: UUID, command: EndWebhook) -> None:
    """End it at once; what waits to be sent there is sent no more."""
    begin_administering(work)
    webhook = get_webhook(work.session, webhook_id, for_change=True)
    if webhook.ended_at is not None:
        raise AlreadyDone("The system is told nothing at this address any more.")
    webhook.ended_at, webhook.ended_because = work.now, command.reasons
    _note(work, webhook, PeopleEvent.WEBHOOK_ENDED)


def must_take_secret(work: UnitOfWork, system_id: UUID) -> Webhook:
    """Return the address for which a signing secret may be made now, locked."""
    begin_administering(work)
    held = next((one for one in webhooks(work.session, system_id) if one.holds), None)
    if held is None:
        raise RuleBroken("Its address is confirmed by a second administrator first.")
    return get_webhook(work.session, held.id, for_change=True)


def new_secret() -> str:
    """Return another signing secret; only what it seals to is kept."""
    return secret_of(secrets.token_bytes(_BYTES))


def keep_secret_sealed(work: UnitOfWork, webhook: Webhook, sealed: bytes) -> None:
    """Keep the new secret; the one before it is signed with as well for a day."""
    webhook.sealed_before = webhook.sealed
    webhook.before_until = work.now + OVERLAP if webhook.sealed is not None else None
    webhook.sealed = sealed
    _note(work, webhook, PeopleEvent.WEBHOOK_SECRET_MADE)


def journal_of(work: UnitOfWork, system_id: UUID) -> tuple[list[Webhook], list[WebhookDelivery]]:
    """Return the addresses of a system, newest first, and the newest messages to them."""
    must_administer(work)
    found = list(webhooks(work.session, system_let_in(work, system_id).id))
    return found, list(deliveries(work.session, {one.id for one in found}))


def tell_again(work: UnitOfWork, system_id: UUID, ids: set[UUID]) -> int:
    """Send these messages again, under the ids that they have; return how many there are."""
    begin_administering(work)
    webhook = must_take_secret(work, system_id)
    many = send_again(work.session, ids, {webhook.id})
    if many:
        _note(work, webhook, PeopleEvent.WEBHOOK_SENT_AGAIN)
    return many


def system_let_in(work: UnitOfWork, system_id: UUID) -> Membership:
    """Return what a system holds here today; a person's role is no system's."""
    held = get_membership(work.session, system_id)
    if held.role is not Role.SYSTEM:
        raise NotFound("There is no such system.")
    if not is_live(held, work.real_today):
        raise RuleBroken("It is not let in today: its first day is to come, or its last is over.")
    return held


def _note(work: UnitOfWork, webhook: Webhook, event: PeopleEvent) -> None:
    work.session.add(webhook)
    work.session.flush()
    note_row(work, event, webhook)
