"""An address at which a system is told, and a message to it: a row in each of their tables."""

from uuid import UUID, uuid4

from sqlmodel import select

from services.casework.audit import note_row
from services.database.people import Membership
from services.database.webhooks import Webhook, WebhookDelivery
from services.domain.audit import PeopleEvent
from services.domain.roles import Role
from services.domain.webhooks import DeliveryStanding, WebhookEvent
from tests.world import World


def with_a_webhook(world: World, case_id: UUID, when: str = "2026-12-01") -> None:
    """Put an address that waits on record, and a message to it about the case."""
    with world.act(Role.PARTNERSHIP_ADMINISTRATOR, when) as work:
        webhook = Webhook(
            tenant_id=work.actor.partnership_id,
            id=uuid4(),
            membership_id=work.session.exec(select(Membership.id)).first(),
            address="https://x.example/",
            events=WebhookEvent.CASE_OPENED,
            reasons="x",
            added_by=work.actor.person_id,
            added_at=work.now,
        )
        work.session.add(webhook)
        work.session.flush()
        note_row(work, PeopleEvent.WEBHOOK_ENTERED, webhook)
        message = WebhookDelivery(
            tenant_id=work.actor.partnership_id,
            webhook_id=webhook.id,
            case_id=case_id,
            event=WebhookEvent.CASE_OPENED,
            at=work.now,
            standing=DeliveryStanding.TAKEN,
            next_at=work.now,
            tries=[],
        )
        work.session.add(message)
