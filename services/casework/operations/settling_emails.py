"""What an operator may have become of an email: sent again, stopped, or left to its manager.

What meets a duty is never stopped here: a stopped email is neither accepted nor refused, so that
the duty would wait for ever and its business manager could no longer say that it went.
"""

from uuid import UUID

from services.casework.effects.tellings import meets_a_duty
from services.casework.steps.dispatches.held_emails import have_looked_at
from services.database.cases import get_case
from services.database.outbox import DeliveryStatus, OutboxEmail
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.operator_acts import OperatorOutcome


def settle_by_operator(
    work: UnitOfWork, email_id: UUID, case_id: CaseId | None, *, stops: bool
) -> OperatorOutcome:
    """Send the email again or stop it; a dispatch, and a duty's stop, are left to the manager."""
    if case_id is not None:
        # The case before its email, as acts and the courier lock them.
        get_case(work.session, case_id, for_change=True)
    key = (work.actor.partnership_id, email_id)
    email = work.session.get(OutboxEmail, key, with_for_update=True)
    if email is None or not email.is_for_a_person:
        return OperatorOutcome.NOTHING_TO_DO
    if "dispatch" in email.content or (stops and meets_a_duty(email)):
        return OperatorOutcome.FOR_ITS_MANAGER
    email.delivery = DeliveryStatus.STOPPED if stops else DeliveryStatus.PENDING
    email.not_before = None
    work.session.add(email)
    work.session.flush()
    if case_id is not None:
        have_looked_at(work, case_id)
    return OperatorOutcome.DONE
