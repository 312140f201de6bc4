"""What must happen because time passes, made by whoever is alive: the worker, or the web process.

Rounds are claimed in the database, and everything they add has a key, so two that tick at once
do what one would have done (P6).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from services.casework.engine.audit_anchors import anchor_chains, check_chains
from services.casework.engine.audit_lines import send_lines
from services.casework.engine.availability_rounds import LinkContext, check_published
from services.casework.engine.disposal_rounds import settle_disposals
from services.casework.engine.draft_disposal import dispose_in_every_partnership
from services.casework.engine.email_delivery import DeliveryContext, deliver
from services.casework.engine.held_files import ScanContext, scan_held_files
from services.casework.engine.holiday_recounts import recount_all
from services.casework.engine.orphan_sweep import sweep_orphans
from services.casework.engine.partnership_rounds import remind_all
from services.casework.engine.review_holds import settle_holds
from services.casework.engine.same_incidents import notice_same_incidents
from services.casework.engine.webhook_delivery import tell_systems
from services.casework.engine.webhook_reading import WebhookContext
from services.database import ticks
from services.observability.metrics import timed_round

STAND_BY_AFTER = 15.0
TICK = "tick"
EMAILS = "emails"
A_TURN = 0.8


class PeriodicContext(DeliveryContext, ScanContext, LinkContext, WebhookContext, Protocol):
    """What the periodic jobs need of the process's neighbours."""


@dataclass(frozen=True, slots=True)
class PeriodicJob:
    """What is done again when nobody did it in so many seconds."""

    every: float
    do: Callable[[PeriodicContext], object]


def run_periodic_jobs(context: PeriodicContext) -> None:
    """Deliver emails now, and do what is due of the rest when nobody did it just before."""
    ticks.claim(context.engine, TICK, A_TURN)
    _run(context)


def run_in_turn(context: PeriodicContext) -> None:
    """Do so unless another process has begun to just before: one of them is enough."""
    if ticks.claim(context.engine, TICK, A_TURN):
        _run(context)


def _run(context: PeriodicContext) -> None:
    with timed_round(EMAILS):
        deliver(context)
    due = ticks.due(context.engine, {name: job.every for name, job in JOBS.items()})
    for name, job in JOBS.items():
        if name in due and ticks.claim(context.engine, name, job.every):
            with timed_round(name):
                job.do(context)


def run_if_worker_is_down(context: PeriodicContext) -> None:
    """Tick only if the worker has not for a while."""
    age = ticks.age(context.engine, TICK)
    if age is None or age > STAND_BY_AFTER:
        run_periodic_jobs(context)


JOBS: Final = {
    "disposals": PeriodicJob(10.0, settle_disposals),
    "bank holidays": PeriodicJob(20.0, recount_all),
    "reminders": PeriodicJob(20.0, remind_all),
    "review holds": PeriodicJob(20.0, settle_holds),
    "same incidents": PeriodicJob(60.0, notice_same_incidents),
    "published reports": PeriodicJob(900.0, check_published),
    "held files": PeriodicJob(30.0, scan_held_files),
    "webhooks": PeriodicJob(5.0, tell_systems),
    "orphans": PeriodicJob(6 * 3600.0, sweep_orphans),
    "drafts": PeriodicJob(3600.0, dispose_in_every_partnership),
    "audit anchors": PeriodicJob(15.0, anchor_chains),
    "audit lines": PeriodicJob(3600.0, send_lines),
    "audit checks": PeriodicJob(24 * 3600.0, check_chains),
}
