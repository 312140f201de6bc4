"""What machine work people's acts have ordered, and what has become of it.

Moments here are the database's own (`clock_timestamp()`), never `now`: a practice clock moves
a partnership's dates, not its machines. The bulk statements are confined by the key and by
row-level security.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Enum, Index, Interval, cast, func, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import Update
from sqlmodel import Field, col, select

from services.database.partnership_row import PartnershipRow, moment, of_case
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.steps import Step

_CLOCK = func.clock_timestamp()
_KEPT = Enum(Step, native_enum=False, length=20, values_callable=lambda kind: [*map(str, kind)])


class DueWork(PartnershipRow, table=True):
    """One thing the flow is to do, once; its row and its effect are kept together."""

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
    phase: str = Field(primary_key=True)
    subject: str = Field(default="", primary_key=True)
    ordered_at: datetime = Field(sa_column=moment())
    done_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    attempts: int = 0
    failures: int = 0
    not_before: datetime = Field(sa_column=moment())
    parked_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    last_error: str = ""


@dataclass(frozen=True, slots=True)
class Ordered:
    """One piece of ordered work, as it was taken up; it outlives the transaction."""

    case_id: CaseId
    step: Step
    phase: str
    subject: str
    attempts: int
    failures: int


def order(work: UnitOfWork, case_id: CaseId, step: Step, phase: str, subject: str = "") -> None:
    """Order machine work once, and wake the case's flow when this transaction is kept.

    Ordering the same thing again changes nothing; a repeat that must happen has another
    subject, such as a version or a round.
    """
    row = {
        "tenant_id": work.actor.partnership_id,
        "case_id": case_id,
        "step": step,
        "phase": phase,
        "subject": subject,
        "ordered_at": _CLOCK,
        "not_before": _CLOCK,
        "attempts": 0,
        "failures": 0,
        "last_error": "",
    }
    work.session.execute(insert(DueWork).values(row).on_conflict_do_nothing())
    wake(work, case_id)


def wake(work: UnitOfWork, case_id: CaseId) -> None:
    """Tell the worker to look at the case, once this transaction is kept."""
    work.session.execute(text("select pg_notify('case_wake', :case)"), {"case": str(case_id)})


def open_work(work: UnitOfWork, case_id: CaseId) -> Sequence[DueWork]:
    """Return what is ordered and not done, oldest first, whether ready, put off or parked."""
    question = select(DueWork).where(DueWork.case_id == case_id, col(DueWork.done_at).is_(None))
    return work.session.exec(question.order_by(*_OLDEST_FIRST)).all()


def ready_steps(work: UnitOfWork, case_id: CaseId) -> frozenset[Step]:
    """Return the steps that have work which may be done at this moment."""
    ready = work.session.exec(select(DueWork).where(*_ready(case_id)))
    return frozenset(row.step for row in ready)


def take(work: UnitOfWork, case_id: CaseId, step: Step) -> Ordered | None:
    """Lock and return the next piece of a step's work that may be done now, if there is one."""
    question = select(DueWork).where(*_ready(case_id), DueWork.step == step)
    row = work.session.exec(
        question.order_by(*_OLDEST_FIRST).limit(1).with_for_update()
    ).one_or_none()
    if row is None:
        return None
    return Ordered(case_id, row.step, row.phase, row.subject, row.attempts, row.failures)


def mark_done(work: UnitOfWork, item: Ordered) -> None:
    """Keep, in the transaction of its effects, that the work is done."""
    done = _same(work, item).values(done_at=_CLOCK, attempts=item.attempts + 1, last_error="")
    work.session.execute(done)


def put_off(work: UnitOfWork, tried: Ordered, error: str, delay: timedelta | None) -> None:
    """Keep that the work was tried in vain, by the error's kind; without a delay it is parked."""
    later = _CLOCK + cast(delay or timedelta(0), Interval)
    vain = _same(work, tried).values(
        attempts=tried.attempts,
        failures=tried.failures,
        last_error=error,
        not_before=later,
        parked_at=_CLOCK if delay is None else None,
    )
    work.session.execute(vain)


def take_up_again(work: UnitOfWork, case_id: CaseId) -> None:
    """Give every parked piece of the case's work a fresh start, and wake the flow."""
    parked = (
        update(DueWork)
        .where(
            col(DueWork.tenant_id) == work.actor.partnership_id,
            col(DueWork.case_id) == case_id,
            col(DueWork.parked_at).is_not(None),
        )
        .values(parked_at=None, attempts=0, failures=0, not_before=_CLOCK)
    )
    work.session.execute(parked.execution_options(synchronize_session=False))
    wake(work, case_id)


_OLDEST_FIRST = (col(DueWork.ordered_at), col(DueWork.phase), col(DueWork.subject))


def _ready(case_id: CaseId) -> tuple[ColumnElement[bool], ...]:
    return (
        col(DueWork.case_id) == case_id,
        col(DueWork.done_at).is_(None),
        col(DueWork.parked_at).is_(None),
        col(DueWork.not_before) <= _CLOCK,
    )


def _same(work: UnitOfWork, item: Ordered) -> Update:
    return (
        update(DueWork)
        .where(
            col(DueWork.tenant_id) == work.actor.partnership_id,
            col(DueWork.case_id) == item.case_id,
            col(DueWork.step) == item.step,
            col(DueWork.phase) == item.phase,
            col(DueWork.subject) == item.subject,
            col(DueWork.done_at).is_(None),
        )
        .execution_options(synchronize_session=False)
    )
