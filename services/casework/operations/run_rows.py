"""The rows of a run that operators see: its orders, its clocks, its emails, what they did there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlmodel import col, func, select

from services.database.cases import get_case
from services.database.clocks import RunningClock, clocks
from services.database.dispatches import Dispatch, dispatches
from services.database.due_work import DueWork
from services.database.leases import Lease
from services.database.operator_acts import OperatorActRow, acts_of_operators
from services.database.outbox import DeliveryStatus, OutboxEmail
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId

MOST_ROWS: Final = 50
_SETTLED: Final = frozenset({DeliveryStatus.SENT, DeliveryStatus.STOPPED})


@dataclass(frozen=True, slots=True)
class CarriedBy:
    """Which attempt of the case's flow run it is, and which process holds it, if one does."""

    attempt: int
    holder: str = ""
    is_lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRows:
    """Its orders, the newest of so many; its emails that are not settled; the names of operators.

    What operators did is told newest first.
    """

    carried: CarriedBy
    clocks: Sequence[RunningClock]
    orders: Sequence[DueWork]
    all_orders: int
    emails: Sequence[OutboxEmail]
    dispatches: Sequence[Dispatch]
    acts: Sequence[OperatorActRow]
    names: Mapping[UUID, str]


def rows_of_run(work: UnitOfWork, case_id: CaseId) -> RunRows:
    """Return the rows of a case's run; what is done stands after what is not."""
    session = work.session
    acts = acts_of_operators(session, case_id)[:MOST_ROWS]
    orders = select(DueWork).where(DueWork.case_id == case_id)
    newest = (col(DueWork.done_at).desc().nulls_first(), col(DueWork.ordered_at).desc())
    emails = select(OutboxEmail).where(
        OutboxEmail.case_id == case_id, col(OutboxEmail.delivery).not_in(_SETTLED)
    )
    counted = select(func.count()).where(DueWork.case_id == case_id)
    return RunRows(
        carried=_carried(work, case_id),
        clocks=[one for one in clocks(session, case_id) if one.runs],
        orders=session.exec(orders.order_by(*newest).limit(MOST_ROWS)).all(),
        all_orders=session.exec(counted).one(),
        emails=session.exec(emails.order_by(col(OutboxEmail.posted_at)).limit(MOST_ROWS)).all(),
        dispatches=dispatches(session, case_id),
        acts=acts,
        names=names(session, {one.person_id for one in acts}),
    )


def _carried(work: UnitOfWork, case_id: CaseId) -> CarriedBy:
    attempt = get_case(work.session, case_id).flow_attempt
    holding = select(Lease.holder, col(Lease.until) < func.clock_timestamp()).where(
        Lease.case_id == case_id, col(Lease.holder).is_not(None)
    )
    found = work.session.exec(holding).one_or_none()
    if found is None or found[0] is None:
        return CarriedBy(attempt)
    return CarriedBy(attempt, found[0], is_lost=found[1])
