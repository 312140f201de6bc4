"""What becomes of each attempt at a piece of ordered work: done, put off, set aside, or lost.

An attempt is counted before it begins, in a transaction of its own, so that one that is lost with
its process leaves a trace. Such a loss is a suspicion, not a failure: the work is tried next in a
process of its own, and only what is lost there counts against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Interval, cast
from sqlalchemy.sql.dml import Update
from sqlmodel import col, select

from services.database.due_work import CLOCK, OLDEST_FIRST, DueWork, of_case_open, ready
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import LeaseLost
from services.domain.identifiers import CaseId
from services.domain.workflow import Step

_SETTLED: Final[dict[str, Any]] = {"begun_under": None, "is_suspect": False}


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
    ordered_at: datetime
    request_id: str


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
    question = select(DueWork).where(*ready(case_id), DueWork.step == step)
    if not is_alone:
        question = question.where(col(DueWork.is_suspect).is_(False))
    row = work.session.exec(
        question.order_by(*OLDEST_FIRST).limit(1).with_for_update()
    ).one_or_none()
    if row is None:
        return None
    row.attempts, row.begun_under = row.attempts + 1, token
    work.session.add(row)
    return Attempt(
        case_id=case_id,
        step=row.step,
        digest=row.digest,
        payload=row.payload,
        token=token,
        failures=row.failures,
        unanswered=row.unanswered,
        ordered_at=row.ordered_at,
        request_id=row.request_id,
    )


def mark_done(work: UnitOfWork, attempt: Attempt) -> None:
    """Keep, in the transaction of its effects, that the work is done; refuse a second time."""
    done = _begun(work, attempt).values(done_at=CLOCK, last_error="", **_SETTLED)
    if work.session.execute(done.returning(col(DueWork.case_id))).one_or_none() is None:
        raise LeaseLost("This attempt was given up meanwhile.")


def put_off(work: UnitOfWork, attempt: Attempt, error: str, delay: timedelta | None) -> None:
    """Keep that the attempt was in vain, by the error's kind; without a delay it is parked."""
    vain = _begun(work, attempt).values(
        failures=attempt.failures,
        unanswered=attempt.unanswered,
        last_error=error,
        not_before=_in(delay),
        parked_at=CLOCK if delay is None else None,
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
        parked_at=CLOCK if delay is None else None,
    )
    work.session.execute(lost)


def _in_hand(work: UnitOfWork, case_id: CaseId) -> Update:
    return of_case_open(work, case_id).where(col(DueWork.begun_under).is_not(None))


def _begun(work: UnitOfWork, attempt: Attempt) -> Update:
    return of_case_open(work, attempt.case_id).where(
        col(DueWork.step) == attempt.step,
        col(DueWork.digest) == attempt.digest,
        col(DueWork.begun_under) == attempt.token,
    )


def _in(delay: timedelta | None) -> ColumnElement[datetime]:
    return CLOCK + cast(delay or timedelta(0), Interval)
