"""The agencies of a case, and of those joined to it, are told what became of it (RR-41, RR-50).

Who referred and who was asked for a return: each by the reference of its own case, and of no other.
"""

from typing import Final

from services.casework.effects import EmailContext, enqueue_email
from services.casework.effects.emails import enqueue_email_to
from services.casework.steps.joined_cases import duplicates_of
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.recipients import Recipient

_AGENCIES: Final = (Recipient.AGENCIES, Recipient.REFERRER)


def tell_agencies(work: UnitOfWork, case: Case, event: EmailTrigger, part: str) -> None:
    """Write to everybody whom the event tells, and to the agencies of the joined cases."""
    enqueue_email(work, case, event, EmailContext(part=part))
    _tell_joined(work, case, event, part)


def tell_joined_agencies(work: UnitOfWork, case: Case) -> None:
    """Write of the outcome to the agencies of each joined case; this case's own are told (K8)."""
    _tell_joined(work, case, EmailTrigger.OUTCOME_TOLD, str(case.decision_round))


def _tell_joined(work: UnitOfWork, case: Case, event: EmailTrigger, part: str) -> None:
    for joined in duplicates_of(work, case):
        enqueue_email_to(work, joined, event, _AGENCIES, EmailContext(part=part))
