"""What an operator may have become of an email: sent again, stopped, or left to its manager.

What meets a duty is never stopped here: a stopped email is neither accepted nor refused, so that
the duty would wait for ever and its business manager could no longer say that it went.
"""

from services.casework.effects.tellings import meets_a_duty
from services.casework.operations.waiting import Waiting
from services.casework.steps.dispatches.held_emails import have_looked_at
from services.database.cases import get_case
from services.database.outbox import NOT_HANDED_OVER, DeliveryStatus, OutboxEmail
from services.database.restorations import unopened
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.operator_acts import OperatorOutcome


def settle_by_operator(work: UnitOfWork, one: Waiting, *, stops: bool) -> OperatorOutcome:
    """Send the email again or stop it; a dispatch, and a duty's stop, are left to the manager."""
    if one.case_id is not None:
        # The case before its email, as acts and the courier lock them.
        get_case(work.session, CaseId(one.case_id), for_change=True)
    key = (work.actor.partnership_id, one.id)
    email = work.session.get(OutboxEmail, key, with_for_update=True)
    if email is None:
        return OperatorOutcome.NOTHING_TO_DO
    # Asked under the lock: while nobody let emails leave, no courier has this one in hand.
    is_held_back = email.delivery in NOT_HANDED_OVER and bool(unopened(work.session))
    if not (email.is_for_a_person or (is_held_back and stops)):
        return OperatorOutcome.NOTHING_TO_DO
    if "dispatch" in email.content or (stops and meets_a_duty(email)):
        if is_held_back:
            _keep(work, email, DeliveryStatus.HELD)
        return OperatorOutcome.FOR_ITS_MANAGER
    _keep(work, email, DeliveryStatus.STOPPED if stops else DeliveryStatus.PENDING)
    return OperatorOutcome.DONE


def _keep(work: UnitOfWork, email: OutboxEmail, delivery: DeliveryStatus) -> None:
    """Keep what becomes of it, and have its business manager look while a person must."""
    email.delivery, email.not_before = delivery, None
    work.session.add(email)
    work.session.flush()
    if email.case_id is not None:
        have_looked_at(work, CaseId(email.case_id))
