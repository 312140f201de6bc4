"""What time asks of a partnership's people, and the day of a policy that two of them applied."""

import logging

from services.casework.engine.breach_rounds import look_after_breaches
from services.casework.engine.collection_rounds import look_after_collections
from services.casework.engine.digests import release_waiting
from services.casework.engine.duty_calls import call_on_duty
from services.casework.engine.mark_reviews import ask_to_review
from services.casework.engine.reminders import enqueue_reminders
from services.casework.engine.transactions import TransactionContext, as_keyline
from services.casework.policies import put_due_policy_in_force
from services.casework.retention.clock import count_retention
from services.database import watch
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import PartnershipId

_log = logging.getLogger("keyline.tick")


def ask_people(work: UnitOfWork) -> None:
    """Ask and remind whom the day asks; asking again adds nothing."""
    put_due_policy_in_force(work)
    count_retention(work)
    enqueue_reminders(work)
    ask_to_review(work)
    look_after_collections(work)
    call_on_duty(work)
    look_after_breaches(work)
    release_waiting(work)


def remind_all(context: TransactionContext) -> None:
    """Remind in every partnership; one that fails is counted and does not stop the others."""
    for partnership_id in watch.partnerships(context.engine):
        try:
            _remind_in(context, partnership_id)
        except Exception as trouble:  # noqa: BLE001 - the sweep's one catch: counted, and on
            _log.error("Reminders of %s failed: %s.", partnership_id, type(trouble).__name__)


def _remind_in(context: TransactionContext, partnership_id: PartnershipId) -> None:
    with as_keyline(context, partnership_id) as work:
        ask_people(work)
