"""The holds on child death overview panels are settled, case by case, in every partnership."""

import logging

from services.casework.engine.transactions import TransactionContext, as_keyline
from services.casework.steps.child_death.review_hold import (
    SettleHold,
    is_held,
    review_of_death,
    settle_hold,
)
from services.database import watch
from services.database.cases import Case
from services.database.review_holds import cases_to_settle
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import CaseworkError
from services.domain.identifiers import CaseId, PartnershipId

_log = logging.getLogger("keyline.holds")


def settle_holds(context: TransactionContext) -> None:
    """Place and release in every partnership; one that fails is counted and stops no other."""
    for partnership_id in watch.partnerships(context.engine):
        try:
            _settle_in(context, partnership_id)
        except Exception as trouble:  # noqa: BLE001 - the round's one catch: counted, and on
            _log.error("Holds of %s failed: %s.", partnership_id, type(trouble).__name__)


def _settle_in(context: TransactionContext, partnership_id: PartnershipId) -> None:
    with as_keyline(context, partnership_id) as work:
        found = [CaseId(one.id) for one in cases_to_settle(work.session) if _differs(work, one)]
    for case_id in found:
        try:
            with as_keyline(context, partnership_id) as work:
                settle_hold(work, case_id, SettleHold())
        except Exception as trouble:  # noqa: BLE001 - one case's trouble stops no other's hold
            _log.error("The hold of case %s failed: %s.", case_id, type(trouble).__name__)


def _differs(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the hold is to change; what cannot be read is tried alone, and told of then."""
    try:
        return review_of_death(work, case).is_held is not is_held(work, case)
    except (CaseworkError, ValueError):
        return True
