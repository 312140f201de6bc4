"""Who referred an incident that another case carries is told of its outcome too (RR-50)."""

from services.casework.effects import EmailContext
from services.casework.effects.emails import enqueue_email_to
from services.casework.steps.referral.duplicates import duplicates_of
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.recipients import Recipient


def tell_joined_referrers(work: UnitOfWork, case: Case) -> None:
    """Write to the referrer of each case that stands joined to this one, by its own reference."""
    about = EmailContext(part=str(case.decision_round))
    for joined in duplicates_of(work, case):
        enqueue_email_to(work, joined, EmailTrigger.OUTCOME_TOLD, (Recipient.REFERRER,), about)
