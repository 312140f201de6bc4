"""Drafts that nobody came back to, and those of people who are gone or barred, are deleted."""

import logging

from services.casework.drafts import dispose_of_drafts
from services.casework.engine.transactions import TransactionContext, as_keyline
from services.database import watch

_log = logging.getLogger("keyline.drafts")


def dispose_in_every_partnership(context: TransactionContext) -> int:
    """Delete what is due in each partnership; one that fails is logged and stops no other."""
    gone = 0
    for partnership_id in watch.partnerships(context.engine):
        try:
            with as_keyline(context, partnership_id) as work:
                gone += dispose_of_drafts(work)
        except Exception as trouble:  # noqa: BLE001 - one catch for all partnerships: logged, on
            _log.error("Drafts of %s stay: %s.", partnership_id, type(trouble).__name__)
    return gone
