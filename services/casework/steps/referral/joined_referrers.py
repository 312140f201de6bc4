"""Who referred, or was asked, on a case that another one carries is told of its outcome too."""

from typing import Final

from services.casework.effects import EmailContext
from services.casework.effects.emails import enqueue_email_to
from services.casework.steps.joined_cases import duplicates_of
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.recipients import Recipient

_TOLD: Final = (Recipient.AGENCIES, Recipient.REFERRER)


def tell_joined_referrers(work: UnitOfWork, case: Case) -> None:
    """Write to the agencies of each case that is joined to this one, by its own reference."""
    about = EmailContext(part=str(case.decision_round))
    for joined in duplicates_of(work, case):
        enqueue_email_to(work, joined, EmailTrigger.OUTCOME_TOLD, _TOLD, about)
