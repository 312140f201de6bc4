"""What machine work people's acts have ordered, and what has become of it.

What becomes of an attempt at it stands in `work_attempts.py`. Moments here are the database's own
(`clock_timestamp()`), never `now`: a practice clock moves a partnership's dates, not its machines.
The bulk statements are confined by the key and by row-level security.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Enum,
    Index,
    func,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import Update
from sqlmodel import Field, col, select

from services.database.partnership_row import PartnershipRow, moment, of_case, written
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.workflow import Step
from services.observability.request_ids import current_request_id

CLOCK = func.clock_timestamp()
_KEPT = Enum(Step, native_enum=False, length=20, values_callable=lambda kind: [*map(str, kind)])


class DueWork(PartnershipRow, table=True):
    """One thing the flow is to do, once; its row and its effect are kept together.

    ``attempts`` counts what was begun, ``failures`` what raised an error, ``unanswered`` the
    times a neighbour was away, ``lost_alone`` the processes that died of nothing but this.
    ``request_id`` is that of the page's request that ordered it, if one did.
    """

    __tablename__ = "due_work"
    __table_args__ = (
        of_case(),
        Index(
            "due_work_open",
            "tenant_id",
            "case_id",
            postgresql_where=text("done_at is null and parked_at is null"),
        ),
    )

    case_id: UUID = Field(primary_key=True)
    step: Step = Field(sa_column=Column(_KEPT, primary_key=True))
    digest: str = Field(primary_key=True)
    payload: dict[str, Any] = Field(sa_column=written())
    ordered_at: datetime = Field(sa_column=moment())
    done_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    attempts: int = 0
    failures: int = 0
    unanswered: int = 0
    lost_alone: int = 0
    is_suspect: bool = False
    begun_under: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    not_before: datetime = Field(sa_column=moment())
    parked_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    last_error: str = ""
    request_id: str = Field(default="", sa_column_kwargs={"server_default": ""})


OLDEST_FIRST = (col(DueWork.ordered_at), col(DueWork.digest))


def order(work: UnitOfWork, case_id: CaseId, step: Step, payload: Mapping[str, Any]) -> None:
    """Order machine work once, and wake the case's flow when this transaction is kept.

    Orders are told apart by the digest of their canonical JSON: ordering the same thing again
    changes nothing, and a repeat that must happen says something else, such as a version.
    """
    row = {
        "tenant_id": work.actor.partnership_id,
        "case_id": case_id,
        "step": step,
        "digest": _digest(payload),
        "payload": payload,
        "ordered_at": CLOCK,
        "not_before": CLOCK,
        "attempts": 0,
        "failures": 0,
        "unanswered": 0,
        "lost_alone": 0,
        "is_suspect": False,
        "last_error": "",
        "request_id": current_request_id(),
    }
    work.session.execute(insert(DueWork).values(row).on_conflict_do_nothing())
    wake(work, case_id)


def wake(work: UnitOfWork, case_id: CaseId) -> None:
    """Tell the worker to look at the case, once this transaction is kept."""
    work.session.execute(text("select pg_notify('case_wake', :case)"), {"case": str(case_id)})


def tell_rested(work: UnitOfWork, case_id: CaseId) -> None:
    """Tell the worker that the case was carried to its rest, once this transaction is kept."""
    work.session.execute(text("select pg_notify('case_rested', :case)"), {"case": str(case_id)})


def call_workers(work: UnitOfWork) -> None:
    """Tell the workers to claim what is scheduled, once this transaction is kept."""
    work.session.execute(text("select pg_notify('run_scheduled', '')"))


def open_work(work: UnitOfWork, case_id: CaseId) -> Sequence[DueWork]:
    """Return what is ordered and not done, oldest first, whether ready, put off or parked."""
    question = select(DueWork).where(DueWork.case_id == case_id, col(DueWork.done_at).is_(None))
    return work.session.exec(question.order_by(*OLDEST_FIRST)).all()


def count_orders(work: UnitOfWork, case_id: CaseId, part: Mapping[str, Any]) -> int:
    """Return how many orders on the case, done or not, have this among their JSON."""
    question = select(func.count()).where(*_with(case_id, part))
    return work.session.exec(question).one()


def orders(work: UnitOfWork, case_id: CaseId, part: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the orders on the case, done or not, that have this among their JSON."""
    return list(work.session.exec(select(DueWork.payload).where(*_with(case_id, part))))


def ordered(work: UnitOfWork, case_id: CaseId, part: Mapping[str, Any]) -> DueWork:
    """Return the one order on the case that has this among its JSON."""
    return work.session.exec(select(DueWork).where(*_with(case_id, part))).one()


def ready_steps(work: UnitOfWork, case_id: CaseId) -> frozenset[Step]:
    """Return the steps that have work which may be done at this moment; none while paused."""
    if work.partnership.work_paused_at is not None:
        return frozenset()
    rows = work.session.exec(select(DueWork).where(*ready(case_id)))
    return frozenset(row.step for row in rows)


def take_up_again(work: UnitOfWork, case_id: CaseId) -> int:
    """Give every parked piece of the case's work a fresh start, and wake the flow; say how many."""
    parked = of_case_open(work, case_id).where(col(DueWork.parked_at).is_not(None))
    fresh = {"attempts": 0, "failures": 0, "unanswered": 0, "lost_alone": 0}
    return _begun_again(work, case_id, parked.values(parked_at=None, not_before=CLOCK, **fresh))


def try_now(work: UnitOfWork, case_id: CaseId) -> int:
    """Let what was put off until later be tried now, and wake the flow; say how many pieces."""
    put_off = of_case_open(work, case_id).where(
        col(DueWork.parked_at).is_(None),
        col(DueWork.begun_under).is_(None),
        col(DueWork.not_before) > CLOCK,
    )
    return _begun_again(work, case_id, put_off.values(not_before=CLOCK))


def _begun_again(work: UnitOfWork, case_id: CaseId, change: Update) -> int:
    changed = work.session.execute(change.returning(col(DueWork.digest))).all()
    wake(work, case_id)
    return len(changed)


def _digest(payload: Mapping[str, Any]) -> str:
    canonical = json.dumps(payload, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def ready(case_id: CaseId) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a piece of the case's work may be begun at this moment."""
    return (
        col(DueWork.case_id) == case_id,
        col(DueWork.done_at).is_(None),
        col(DueWork.parked_at).is_(None),
        col(DueWork.begun_under).is_(None),
        col(DueWork.not_before) <= CLOCK,
    )


def _with(case_id: CaseId, part: Mapping[str, Any]) -> tuple[ColumnElement[bool], ...]:
    return col(DueWork.case_id) == case_id, col(DueWork.payload).contains(part)


def of_case_open(work: UnitOfWork, case_id: CaseId) -> Update:
    """Return the change of what is ordered on the case and not done."""
    return (
        update(DueWork)
        .where(
            col(DueWork.tenant_id) == work.actor.partnership_id,
            col(DueWork.case_id) == case_id,
            col(DueWork.done_at).is_(None),
        )
        .execution_options(synchronize_session=False)
    )
