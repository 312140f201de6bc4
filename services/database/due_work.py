"""What machine work people's acts have ordered, and what has become of it.

An attempt is counted before it begins, in a transaction of its own, so that one that is lost with
its process leaves a trace. Such a loss is a suspicion, not a failure: the work is tried next in a
process of its own, and only what is lost there counts against it.

Moments here are the database's own (`clock_timestamp()`), never `now`: a practice clock moves
a partnership's dates, not its machines. The bulk statements are confined by the key and by
row-level security.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Enum,
    Index,
    Interval,
    cast,
    func,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import Update
from sqlmodel import Field, col, select

from services.database.partnership_row import PartnershipRow, moment, of_case, written
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import LeaseLost
from services.domain.identifiers import CaseId
from services.domain.workflow import Step

_CLOCK = func.clock_timestamp()
_KEPT = Enum(Step, native_enum=False, length=20, values_callable=lambda kind: [*map(str, kind)])


class DueWork(PartnershipRow, table=True):
    """One thing the flow is to do, once; its row and its effect are kept together.

    ``attempts`` counts what was begun, ``failures`` what raised an error, ``unanswered`` the
    times a neighbour was away, ``lost_alone`` the processes that died of nothing but this.
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


@dataclass(frozen=True, slots=True)
class Attempt:
    """One begun attempt at a piece of work; it outlives the transaction that counted it."""

    case_id: CaseId
    step: Step
    digest: str
    payload: Mapping[str, Any]
    token: int
    failures: int
    unanswered: int


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
        "ordered_at": _CLOCK,
        "not_before": _CLOCK,
        "attempts": 0,
        "failures": 0,
        "unanswered": 0,
        "lost_alone": 0,
        "is_suspect": False,
        "last_error": "",
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
    return work.session.exec(question.order_by(*_OLDEST_FIRST)).all()


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
    ready = work.session.exec(select(DueWork).where(*_ready(case_id)))
    return frozenset(row.step for row in ready)


def begin(
    work: UnitOfWork, case_id: CaseId, step: Step, token: int, *, is_alone: bool
) -> Attempt | None:
    """Count an attempt at the next piece of a step's work, if there is one that may be done now.

    The caller commits this before the work begins, under the lease that the token proves. A
    suspect piece is begun only by a process that carries nothing else, and none at all while the
    partnership's machine work is paused.
    """
    if work.partnership.work_paused_at is not None:
        return None
    question = select(DueWork).where(*_ready(case_id), DueWork.step == step)
    if not is_alone:
        question = question.where(col(DueWork.is_suspect).is_(False))
    row = work.session.exec(
        question.order_by(*_OLDEST_FIRST).limit(1).with_for_update()
    ).one_or_none()
    if row is None:
        return None
    row.attempts, row.begun_under = row.attempts + 1, token
    work.session.add(row)
    return Attempt(case_id, row.step, row.digest, row.payload, token, row.failures, row.unanswered)


def mark_done(work: UnitOfWork, attempt: Attempt) -> None:
    """Keep, in the transaction of its effects, that the work is done; refuse a second time."""
    done = _begun(work, attempt).values(done_at=_CLOCK, last_error="", **_SETTLED)
    if work.session.execute(done.returning(col(DueWork.case_id))).one_or_none() is None:
        raise LeaseLost("This attempt was given up meanwhile.")


def put_off(work: UnitOfWork, attempt: Attempt, error: str, delay: timedelta | None) -> None:
    """Keep that the attempt was in vain, by the error's kind; without a delay it is parked."""
    vain = _begun(work, attempt).values(
        failures=attempt.failures,
        unanswered=attempt.unanswered,
        last_error=error,
        not_before=_in(delay),
        parked_at=_CLOCK if delay is None else None,
        **_SETTLED,
    )
    work.session.execute(vain)


def withdraw(work: UnitOfWork, case_id: CaseId) -> None:
    """Let what was begun be begun again: its process gave it up and is well."""
    work.session.execute(_in_hand(work, case_id).values(begun_under=None))


def suspect(work: UnitOfWork, case_id: CaseId) -> None:
    """Let what was begun be begun again, alone: its process was lost, perhaps because of it."""
    work.session.execute(_in_hand(work, case_id).values(begun_under=None, is_suspect=True))


def losses_alone(work: UnitOfWork, case_id: CaseId) -> int | None:
    """Return how many processes died of the begun piece alone; nothing if none is begun."""
    question = select(DueWork.lost_alone).where(
        DueWork.case_id == case_id,
        col(DueWork.done_at).is_(None),
        col(DueWork.begun_under).is_not(None),
    )
    return work.session.exec(question.limit(1).with_for_update()).one_or_none()


def count_loss(work: UnitOfWork, case_id: CaseId, delay: timedelta | None) -> None:
    """Count one more process that died of the begun piece alone; without a delay it is parked."""
    lost = _in_hand(work, case_id).values(
        lost_alone=col(DueWork.lost_alone) + 1,
        begun_under=None,
        is_suspect=True,
        last_error="ProcessLost",
        not_before=_in(delay),
        parked_at=_CLOCK if delay is None else None,
    )
    work.session.execute(lost)


def take_up_again(work: UnitOfWork, case_id: CaseId) -> None:
    """Give every parked piece of the case's work a fresh start, and wake the flow."""
    parked = _of_case(work, case_id).where(col(DueWork.parked_at).is_not(None))
    fresh = {"attempts": 0, "failures": 0, "unanswered": 0, "lost_alone": 0}
    work.session.execute(parked.values(parked_at=None, not_before=_CLOCK, **fresh))
    wake(work, case_id)


def _digest(payload: Mapping[str, Any]) -> str:
    canonical = json.dumps(payload, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


_SETTLED: Final[dict[str, Any]] = {"begun_under": None, "is_suspect": False}
_OLDEST_FIRST = (col(DueWork.ordered_at), col(DueWork.digest))


def _ready(case_id: CaseId) -> tuple[ColumnElement[bool], ...]:
    return (
        col(DueWork.case_id) == case_id,
        col(DueWork.done_at).is_(None),
        col(DueWork.parked_at).is_(None),
        col(DueWork.begun_under).is_(None),
        col(DueWork.not_before) <= _CLOCK,
    )


def _with(case_id: CaseId, part: Mapping[str, Any]) -> tuple[ColumnElement[bool], ...]:
    return col(DueWork.case_id) == case_id, col(DueWork.payload).contains(part)


def _of_case(work: UnitOfWork, case_id: CaseId) -> Update:
    return (
        update(DueWork)
        .where(
            col(DueWork.tenant_id) == work.actor.partnership_id,
            col(DueWork.case_id) == case_id,
            col(DueWork.done_at).is_(None),
        )
        .execution_options(synchronize_session=False)
    )


def _in_hand(work: UnitOfWork, case_id: CaseId) -> Update:
    return _of_case(work, case_id).where(col(DueWork.begun_under).is_not(None))


def _begun(work: UnitOfWork, attempt: Attempt) -> Update:
    return _of_case(work, attempt.case_id).where(
        col(DueWork.step) == attempt.step,
        col(DueWork.digest) == attempt.digest,
        col(DueWork.begun_under) == attempt.token,
    )


def _in(delay: timedelta | None) -> ColumnElement[datetime]:
    return _CLOCK + cast(delay or timedelta(0), Interval)
