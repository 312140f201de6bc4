"""Messages to other systems are handed over: at least once, each under one id.

A message is put off by a lease before it is sent, in a committed write: whoever finds it after a
crash sends it again, and its id tells the receiver that it has it. No transaction is open while an
address is asked. What is told is asked again as the system itself: a case that it does not reach
is not told of, and a system that has ended is told nothing.
"""

import logging
from datetime import timedelta
from typing import Final
from uuid import UUID

from services.casework.alerts import alert_unless_waiting
from services.casework.engine.transactions import as_keyline
from services.casework.engine.webhook_reading import WebhookContext, to_tell
from services.casework.engine.webhook_signing import secrets_of
from services.database import watch
from services.database.unit_of_work import UnitOfWork
from services.database.webhooks import WebhookDelivery, claim_delivery, delivery_of
from services.domain.alerts import AlertCode
from services.domain.identifiers import PartnershipId
from services.domain.webhooks import DeliveryStanding, wait_after

MOST: Final = 50
# Longer than a message may take: nobody takes it for lost while it is being sent.
LEASE: Final = timedelta(seconds=60)
MOST_TRIES_KEPT: Final = 30

_log = logging.getLogger("keyline.webhooks")


def tell_systems(context: WebhookContext) -> int:
    """Send what waits in every partnership; return how many messages were taken.

    One partnership's trouble is counted and does not stop the others' messages. Where the
    installation has no way out, everything waits.
    """
    taken = 0
    if not context.webhooks.is_set_up:
        return taken
    for partnership_id in watch.partnerships_with_deliveries(context.engine):
        try:
            for _ in range(MOST):
                told = _tell_one(context, partnership_id)
                if told is None:
                    break
                taken += told
        except Exception as trouble:  # noqa: BLE001 - the sweep's one catch: counted, and on
            _log.error("Messages of %s wait: %s.", partnership_id, type(trouble).__name__)
    return taken


def _tell_one(context: WebhookContext, partnership_id: PartnershipId) -> bool | None:
    """Claim one message, send it, keep what came of it; nothing when none waits."""
    with as_keyline(context, partnership_id) as work:
        claimed = claim_delivery(work.session, LEASE)
        if claimed is None:
            return None
        delivery_id, told = claimed.id, to_tell(context, work, claimed)
    status = None
    if told is not None:
        body = told.message.body
        signed = secrets_of(context.store, told.sealed).headers(delivery_id, context.now(), body)
        status = context.webhooks.send(told.address, signed, body)
    return _keep(context, partnership_id, delivery_id, status)


def _keep(
    context: WebhookContext, partnership_id: PartnershipId, delivery_id: UUID, status: int | None
) -> bool:
    """Keep what was answered, and when it is tried again; tell whether it was taken."""
    with as_keyline(context, partnership_id) as work:
        kept = delivery_of(work.session, delivery_id)
        if kept is None:
            return False
        is_taken = status is not None and 200 <= status < 300
        if status is None:
            kept.standing = DeliveryStanding.NOT_ITS_CASE
        else:
            tried = {"at": work.now.isoformat(), "status": status}
            kept.tries = [*kept.tries, tried][-MOST_TRIES_KEPT:]
            _stand(work, kept, is_taken=is_taken)
        work.session.add(kept)
    return is_taken


def _stand(work: UnitOfWork, kept: WebhookDelivery, *, is_taken: bool) -> None:
    """Say how it stands after a try: taken, tried again later, or set aside for a person."""
    if is_taken:
        kept.standing = DeliveryStanding.TAKEN
        return
    kept.vain += 1
    wait = wait_after(kept.vain)
    if wait is None:
        kept.standing = DeliveryStanding.SET_ASIDE
        alert_unless_waiting(work, AlertCode.WEBHOOK_SET_ASIDE, kept.case_id)
    else:
        kept.next_at = kept.next_at - LEASE + wait
