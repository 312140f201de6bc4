"""What came of an operator's act, item by item, over all partnerships; read from the record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.casework.engine.transactions import TransactionContext, acting
from services.database import watch
from services.database.cases import get_case
from services.database.operator_acts import acts_of_batch
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.operator_acts import OperatorAct, OperatorOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """What came of an operator's act for one item."""

    partnership: str
    case_id: UUID | None
    reference: str
    act: OperatorAct
    outcome: OperatorOutcome
    because: str
    at: datetime


def results_of(context: TransactionContext, batch: UUID) -> list[ItemResult]:
    """Return what one form came to, item by item, over all partnerships."""
    return [
        one for whose in watch.partnerships(context.engine) for one in _of(context, whose, batch)
    ]


def _of(context: TransactionContext, whose: PartnershipId, batch: UUID) -> list[ItemResult]:
    with acting(context, whose) as work:
        return [
            ItemResult(
                partnership=work.partnership.name,
                case_id=row.case_id,
                reference=get_case(work.session, CaseId(row.case_id)).reference
                if row.case_id
                else "",
                act=row.act,
                outcome=row.outcome,
                because=row.because,
                at=row.at,
            )
            for row in acts_of_batch(work.session, batch)
        ]
