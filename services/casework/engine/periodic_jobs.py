"""What must happen because time passes, made by whoever is alive: the worker, or the web process.

Rounds are claimed in the database, and everything they add has a key, so two that tick at once
do what one would have done (P6).
"""

import logging
from typing import Protocol

from services.casework.engine.audit_anchors import anchor_chains, check_chains
from services.casework.engine.audit_lines import send_lines
from services.casework.engine.email_delivery import DeliveryContext, deliver
from services.casework.engine.held_files import ScanContext, scan_held_files
from services.casework.engine.orphan_sweep import sweep_orphans
from services.casework.engine.reminders import enqueue_reminders
from services.casework.engine.transactions import as_keyline
from services.database import ticks, watch
from services.domain.identifiers import PartnershipId

REMINDERS_EVERY = 20.0
SCAN_EVERY = 30.0
SWEEP_EVERY = 6 * 3600.0
ANCHORS_EVERY = 15.0
LINES_EVERY = 3600.0
CHECKS_EVERY = 24 * 3600.0
STAND_BY_AFTER = 15.0
TICK = "tick"

_log = logging.getLogger("keyline.tick")


class PeriodicContext(DeliveryContext, ScanContext, Protocol):
    """What the periodic jobs need of the process's neighbours."""


def run_periodic_jobs(context: PeriodicContext) -> None:
    """Deliver emails now, and do what is due of the rest when nobody did it just before."""
    ticks.claim(context.engine, TICK, 1.0)
    deliver(context)
    if ticks.claim(context.engine, "reminders", REMINDERS_EVERY):
        remind_all(context)
    if ticks.claim(context.engine, "held files", SCAN_EVERY):
        scan_held_files(context)
    if ticks.claim(context.engine, "orphans", SWEEP_EVERY):
        sweep_orphans(context)
    if ticks.claim(context.engine, "audit anchors", ANCHORS_EVERY):
        anchor_chains(context)
    if ticks.claim(context.engine, "audit lines", LINES_EVERY):
        send_lines(context)
    if ticks.claim(context.engine, "audit checks", CHECKS_EVERY):
        check_chains(context)


def run_if_worker_is_down(context: PeriodicContext) -> None:
    """Tick only if the worker has not for a while."""
    age = ticks.age(context.engine, TICK)
    if age is None or age > STAND_BY_AFTER:
        run_periodic_jobs(context)


def remind_all(context: DeliveryContext) -> None:
    """Remind in every partnership; one that fails is counted and does not stop the others."""
    for partnership_id in watch.partnerships(context.engine):
        try:
            _remind_in(context, partnership_id)
        except Exception as trouble:  # noqa: BLE001 - the sweep's one catch: counted, and on
            _log.error("Reminders of %s failed: %s.", partnership_id, type(trouble).__name__)


def _remind_in(context: DeliveryContext, partnership_id: PartnershipId) -> None:
    with as_keyline(context, partnership_id) as work:
        enqueue_reminders(work)
