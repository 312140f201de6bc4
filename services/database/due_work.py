"""Which machine work have people's acts ordered, and what has become of it?

Moments here are the database's own (`clock_timestamp()`), never `now`: a practice clock moves
a partnership's dates, not its machines. The bulk statements are confined by the key and by
row-level security.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Index, Interval, Select, bindparam, func, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, col, select

from services.database.partnership_row import PartnershipRow, moment, of_case, word
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.steps import Step

_CLOCK = func.clock_timestamp()
_OPEN = text("done_at is null and parked_at is null")


class DueWork(PartnershipRow, table=True):
    """One thing the flow is to do, once; its row and its effect are kept together (K-06)."""

    __tablename__ = "due_work"
    __table_args__ = (
        of_case(),
        Index("due_work_open", "tenant_id", "case_id", "not_before", postgresql_where=_OPEN),
    )

    case_id: UUID = Field(primary_key=True)
    step: Step = Field(sa_column=word(Step, key=True))
    phase: str = Field(primary_key=True)
    subject: str = Field(default="", primary_key=True)
    ordered_at: datetime = Field(sa_column=moment())
    done_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    attempts: int = 0
    failures: int = 0
    not_before: datetime = Field(sa_column=moment())
    parked_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    last_error: str = ""


def order(work: UnitOfWork, case_id: CaseId, step: Step, phase: str, subject: str = "") -> None:
    """Order machine work once, and wake the case's flow when this transaction is kept.

    Ordering the same thing again changes nothing; a repeat that must happen has another
    subject, such as a version or a round.
    """
    work.session.execute(
        insert(DueWork)
        .values(
            tenant_id=work.actor.partnership_id,
            case_id=case_id,
            step=step,
            phase=phase,
            subject=subject,
            ordered_at=_CLOCK,
            not_before=_CLOCK,
            attempts=0,
            failures=0,
            last_error="",
        )
        .on_conflict_do_nothing()
    )
    wake(work, case_id)


def wake(work: UnitOfWork, case_id: CaseId) -> None:
    """Tell the worker to look at the case, once this transaction is kept."""
    work.session.execute(text("select pg_notify('case_wake', :case)"), {"case": str(case_id)})


def open_work(work: UnitOfWork, case_id: CaseId) -> list[DueWork]:
    """Return what is ordered and not done, oldest first, whether ready, put off or parked."""
    return list(work.session.exec(_undone(case_id)))


def ready_steps(work: UnitOfWork, case_id: CaseId) -> frozenset[Step]:
    """Return the steps that have work which may be done at this moment."""
    question = select(DueWork.step).where(*_ready(case_id)).distinct()
    return frozenset(work.session.exec(question))


def take(work: UnitOfWork, case_id: CaseId, step: Step) -> DueWork | None:
    """Lock and return the next piece of a step's work that may be done now, if there is one."""
    question = (
        select(DueWork)
        .where(*_ready(case_id), DueWork.step == step)
        .order_by(col(DueWork.ordered_at), col(DueWork.phase), col(DueWork.subject))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return work.session.exec(question).one_or_none()


def mark_done(work: UnitOfWork, item: DueWork) -> None:
    """Keep, in the transaction of its effects, that the work is done."""
    work.session.execute(
        _same(item).values(done_at=_CLOCK, attempts=DueWork.attempts + 1, last_error="")
    )


def put_off(work: UnitOfWork, item: DueWork, error: str, delay: timedelta | None) -> None:
    """Keep that the work failed, by the error's kind alone; without a delay it is parked."""
    later = _CLOCK + bindparam("delay", delay or timedelta(0), Interval)
    work.session.execute(
        _same(item).values(
            attempts=item.attempts,
            failures=item.failures,
            last_error=error,
            not_before=later,
            parked_at=_CLOCK if delay is None else None,
        )
    )


def take_up_again(work: UnitOfWork, case_id: CaseId) -> None:
    """Give every parked piece of the case's work a fresh start, and wake the flow."""
    work.session.execute(
        update(DueWork)
        .where(col(DueWork.case_id) == case_id, col(DueWork.parked_at).is_not(None))
        .values(parked_at=None, attempts=0, failures=0, not_before=_CLOCK)
        .execution_options(synchronize_session=False)
    )
    wake(work, case_id)


def _undone(case_id: CaseId) -> Select[tuple[DueWork]]:
    return (
        select(DueWork)
        .where(DueWork.case_id == case_id, col(DueWork.done_at).is_(None))
        .order_by(col(DueWork.ordered_at), col(DueWork.phase), col(DueWork.subject))
    )
