"""A row of what an operator did, for the tests of the tables."""

from uuid import UUID, uuid4

from services.database.operator_acts import OperatorActRow
from services.database.unit_of_work import UnitOfWork
from services.domain.operator_acts import OperatorAct, OperatorOutcome


def an_operator_act(work: UnitOfWork, case_id: UUID) -> OperatorActRow:
    """Return one, by who acts here."""
    return OperatorActRow(
        tenant_id=work.actor.partnership_id,
        batch=uuid4(),
        act=OperatorAct.TAKE_UP,
        outcome=OperatorOutcome.DONE,
        case_id=case_id,
        person_id=work.actor.person_id,
        because="The store answers again.",
        at=work.now,
    )
