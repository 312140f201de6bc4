"""A second referral that may be of the same incident is noticed, and the manager is alerted once.

The agency that refers cannot see the other case, and is told nothing of it: Keyline itself compares
them, in every partnership. Which other case it is, the page of the newer one says to a manager who
has declared on both (G7).
"""

import logging
from datetime import timedelta
from typing import Final

from sqlalchemy import tuple_
from sqlmodel import col, select

from services.casework.alerts import raise_alert
from services.casework.engine.transactions import TransactionContext, as_keyline
from services.casework.steps.referral.duplicates import MARK_DUPLICATE
from services.casework.steps.referral.same_incident import NEAR, alike
from services.database import watch
from services.database.alerts import Alert
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.alerts import AlertCode

LOOKED_BACK: Final = timedelta(days=90)
"""How long after it was opened a case is compared: a corrected name is noticed in that time too."""

_log = logging.getLogger("keyline.same_incidents")


def notice_same_incidents(context: TransactionContext) -> None:
    """Notice in every partnership; one in which it fails is counted and stops no other."""
    for partnership_id in watch.partnerships(context.engine):
        try:
            with as_keyline(context, partnership_id) as work:
                notice(work)
        except Exception as trouble:  # noqa: BLE001 - the round's one catch: counted, and on
            _log.error("Comparing in %s failed: %s.", partnership_id, type(trouble).__name__)


def notice(work: UnitOfWork) -> None:
    """Alert the manager of each new case that is like an older one; of each case once."""
    for case in _to_compare(work):
        if alike(work, case, _older(work, case)):
            raise_alert(work, AlertCode.SAME_INCIDENT, case.id)


def _to_compare(work: UnitOfWork) -> list[Case]:
    """Return the cases of late that could still be joined, and of which nobody was alerted."""
    alerted = select(Alert.case_id).where(
        Alert.code == AlertCode.SAME_INCIDENT, col(Alert.case_id).is_not(None)
    )
    question = select(Case).where(
        col(Case.stage).in_(MARK_DUPLICATE.stages),
        Case.opened_at >= work.now - LOOKED_BACK,
        col(Case.incident_on).is_not(None),
        col(Case.id).not_in(alerted),
    )
    return list(work.session.exec(question.order_by(col(Case.opened_at), col(Case.id))))


def _older(work: UnitOfWork, case: Case) -> list[Case]:
    """Return the cases of about the same day that were opened before, or with it."""
    assert case.incident_on is not None  # noqa: S101 - only such are compared
    question = select(Case).where(
        col(Case.incident_on).between(case.incident_on - NEAR, case.incident_on + NEAR),
        tuple_(col(Case.opened_at), col(Case.id)) < tuple_(case.opened_at, case.id),
    )
    return list(work.session.exec(question))
