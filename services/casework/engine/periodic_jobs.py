"""What must happen because time passes, made by whoever is alive: the worker, or the web process.

Rounds are claimed in the database, and everything they add has a key, so two that tick at once
do what one would have done (P6).
"""

import logging

from services.casework.engine.email_delivery import Post, deliver
from services.casework.engine.reminders import enqueue_reminders
from services.casework.engine.work_runner import KEYLINE_ITSELF
from services.database import ticks, watch
from services.database.unit_of_work import unit_of_work
from services.domain.identifiers import PartnershipId
from services.identity.actors import service_actor

REMINDERS_EVERY = 20.0
STAND_BY_AFTER = 15.0
TICK = "tick"

_log = logging.getLogger("keyline.tick")


def run_periodic_jobs(post: Post) -> None:
    """Deliver letters now, and make the round of reminders when nobody made it just before."""
    ticks.claim(post.engine, TICK, 1.0)
    deliver(post)
    if ticks.claim(post.engine, "reminders", REMINDERS_EVERY):
        remind_all(post)


def run_if_worker_is_down(post: Post) -> None:
    """Tick only if the worker has not for a while."""
    age = ticks.age(post.engine, TICK)
    if age is None or age > STAND_BY_AFTER:
        run_periodic_jobs(post)


def remind_all(post: Post) -> None:
    """Remind in every partnership; one that fails is counted and does not stop the others."""
    for partnership_id in watch.partnerships(post.engine):
        try:
            _remind_in(post, partnership_id)
        except Exception as trouble:  # noqa: BLE001 - the sweep's one catch: counted, and on
            _log.error("Reminders of %s failed: %s.", partnership_id, type(trouble).__name__)


def _remind_in(post: Post, partnership_id: PartnershipId) -> None:
    actor = service_actor(partnership_id, KEYLINE_ITSELF)
    with unit_of_work(post.engine, actor, post.now(), post.calendar) as work:
        enqueue_reminders(work)
