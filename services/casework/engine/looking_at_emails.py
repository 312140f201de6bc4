"""Who looks at an email that did not go: the business manager, on its case or by an alert."""

from services.casework.alerts import raise_alert
from services.casework.steps.dispatches.held_emails import have_looked_at
from services.database.outbox import FOR_A_PERSON, OutboxEmail
from services.database.unit_of_work import UnitOfWork
from services.domain.alerts import AlertCode
from services.domain.emails import EmailTrigger
from services.domain.identifiers import CaseId


def have_email_looked_at(work: UnitOfWork, email: OutboxEmail) -> None:
    """Have the business manager look at a case's email, or at an alert where there is no case.

    Of a digest that did not go nobody is told: each of its emails goes by itself.
    """
    if email.case_id is not None:
        have_looked_at(work, CaseId(email.case_id))
    elif email.delivery in FOR_A_PERSON and email.event is not EmailTrigger.DAILY_DIGEST:
        raise_alert(work, AlertCode.ANCHOR_LINE_NOT_SENT)
