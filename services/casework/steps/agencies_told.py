"""The agencies of a case, and of those joined to it, are told what became of it (RR-41, RR-50).

Who referred and who was asked for a return: each by the reference of its own case, and of no other.
"""

from typing import Final, Literal

from services.casework.effects import EmailContext, Order, enqueue_email, place_order
from services.casework.effects.emails import enqueue_email_to
from services.casework.steps.joined_cases import duplicates_of
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.identifiers import CaseId
from services.domain.recipients import Recipient
from services.domain.workflow import Step

_AGENCIES: Final = (Recipient.AGENCIES, Recipient.REFERRER)


class TellJoinedOrder(Order):
    """Write to the agencies of the joined cases that this came of the incident."""

    type: Literal["tell_joined"] = "tell_joined"
    event: EmailTrigger
    part: int


def tell_agencies(work: UnitOfWork, case: Case, event: EmailTrigger, part: int) -> None:
    """Write to everybody whom the event tells, and to the agencies of the joined cases."""
    enqueue_email(work, case, event, EmailContext(part=str(part)))
    _tell_joined(work, case, event, part)


def tell_joined_agencies(work: UnitOfWork, case: Case) -> None:
    """Write of the outcome to the agencies of each joined case; this case's own are told (K8)."""
    _tell_joined(work, case, EmailTrigger.OUTCOME_TOLD, case.decision_round)


def tell_of_joined(work: UnitOfWork, case: Case, order: TellJoinedOrder) -> None:
    """Write to the agencies of each joined case, by the reference of their own."""
    for joined in duplicates_of(work, case):
        about = EmailContext(part=str(order.part))
        enqueue_email_to(work, joined, order.event, _AGENCIES, about)


def _tell_joined(work: UnitOfWork, case: Case, event: EmailTrigger, part: int) -> None:
    """Have Keyline write: whoever acts may have a conflict on a joined case, and not see it."""
    if facts(work.session, case.id, EntryType.DUPLICATE_TAKEN_IN):
        order = TellJoinedOrder(event=event, part=part)
        place_order(work, CaseId(case.id), Step.NOTIFY, order)
