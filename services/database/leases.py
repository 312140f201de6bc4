"""Who may carry a case at this moment, and whether a claim to carry it still holds.

A holder is named by machine, slot and life of its process, so that the next life of the same slot
can give back what the last one held. Moments are the database's own. Every take has a higher
token than the one before; work is written only under the newest. A writer shares the row's key, a
taker needs the row alone: so nobody takes a case in the middle of a write, and a long write never
stops its own renewals.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Interval,
    Update,
    cast,
    func,
    or_,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, col, select

from services.database.partnership_row import PartnershipRow, moment, of_case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import LeaseLost
from services.domain.identifiers import CaseId

LASTS = timedelta(seconds=10)
WAKE_LASTS = timedelta(seconds=3)
_CLOCK = func.clock_timestamp()


class Lease(PartnershipRow, table=True):
    """Who carries a case, until when.

    `woken_until` keeps two workers from waking one run; `ended_at` says its flow run was seen to
    end well; `continued_run` is a run that was ended because another one carries the case.
    """

    __tablename__ = "leases"
    __table_args__ = (
        of_case(),
        Index(
            "leases_continued",
            "tenant_id",
            "case_id",
            postgresql_where=text("continued_run is not null"),
        ),
    )

    case_id: UUID = Field(primary_key=True)
    token: int = Field(sa_column=Column(BigInteger, nullable=False))
    holder: str | None = None
    until: datetime = Field(sa_column=moment())
    woken_until: datetime | None = Field(default=None, sa_column=moment(optional=True))
    ended_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    continued_run: UUID | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The new token, and the holder whose lease ran out, if the last one did not release it.

    ``continued_run`` is the run of the case that was ended, if one was: it is never carried again.
    """

    token: int
    expired_from: str | None
    continued_run: UUID | None


def acquire(
    work: UnitOfWork, case_id: CaseId, holder: str, lasts: timedelta = LASTS
) -> Taken | None:
    """Take the case; nothing when another holder has it or is writing."""
    _make_sure_of_a_row(work, case_id)
    free = (
        select(Lease.token, Lease.holder, Lease.continued_run)
        .where(Lease.case_id == case_id, col(Lease.until) <= _CLOCK)
        .with_for_update(skip_locked=True)
    )
    found = work.session.exec(free).one_or_none()
    if found is None:
        return None
    token, expired_from, continued_run = found
    work.session.execute(
        _lease(work, case_id).values(
            token=token + 1, holder=holder, until=_in(lasts), woken_until=None, ended_at=None
        )
    )
    return Taken(token + 1, expired_from, continued_run)


def claim_wake(work: UnitOfWork, case_id: CaseId) -> bool:
    """Claim to wake the case's flow run; tell whether nobody carries it and nobody just did."""
    _make_sure_of_a_row(work, case_id)
    unclaimed = _lease(work, case_id).where(
        col(Lease.until) <= _CLOCK,
        or_(col(Lease.woken_until).is_(None), col(Lease.woken_until) <= _CLOCK),
    )
    return _did(work, unclaimed.values(woken_until=_in(WAKE_LASTS)))


def renew(work: UnitOfWork, case_id: CaseId, token: int, lasts: timedelta = LASTS) -> bool:
    """Prolong the lease; tell whether it was still ours to prolong."""
    longer = _lease(work, case_id).where(col(Lease.token) == token, col(Lease.holder).is_not(None))
    return _did(work, longer.values(until=_in(lasts)))


def release(work: UnitOfWork, case_id: CaseId, token: int) -> None:
    """Give the case back, if it is still ours."""
    ours = _lease(work, case_id).where(col(Lease.token) == token)
    work.session.execute(ours.values(holder=None, until=_CLOCK))


def must_hold(work: UnitOfWork, case_id: CaseId, token: int) -> None:
    """Refuse to go on under a token that is no longer the newest, and keep takers away."""
    question = select(Lease.token).where(
        Lease.case_id == case_id, Lease.token == token, col(Lease.holder).is_not(None)
    )
    held = work.session.exec(question.with_for_update(read=True, key_share=True))
    if held.one_or_none() is None:
        raise LeaseLost("Another worker carries this case now.")


def clear_expired(work: UnitOfWork, case_id: CaseId) -> bool:
    """Clear a lease whose holder died, and tell whether it was one; a running one is left alone."""
    dead = _lease(work, case_id).where(col(Lease.until) <= _CLOCK, col(Lease.holder).is_not(None))
    return _did(work, dead.values(holder=None))


def release_from(work: UnitOfWork, case_id: CaseId, holder: str) -> bool:
    """Give the case back for a holder that is gone; tell whether it still held it."""
    its = _lease(work, case_id).where(col(Lease.holder) == holder)
    return _did(work, its.values(holder=None, until=_CLOCK))


def mark_ended(work: UnitOfWork, case_id: CaseId) -> None:
    """Keep that the flow run of a closed case was seen to end well."""
    _make_sure_of_a_row(work, case_id)
    work.session.execute(_lease(work, case_id).values(ended_at=_CLOCK, holder=None))


def mark_continued(work: UnitOfWork, case_id: CaseId, run_id: UUID) -> None:
    """Keep that this flow run of the case was ended, and that another one carries the case."""
    _make_sure_of_a_row(work, case_id)
    work.session.execute(_lease(work, case_id).values(continued_run=run_id))


def _make_sure_of_a_row(work: UnitOfWork, case_id: CaseId) -> None:
    row = {
        "tenant_id": work.actor.partnership_id,
        "case_id": case_id,
        "token": 0,
        "until": _CLOCK,
    }
    work.session.execute(insert(Lease).values(row).on_conflict_do_nothing())


def _lease(work: UnitOfWork, case_id: CaseId) -> Update:
    return (
        update(Lease)
        .where(col(Lease.tenant_id) == work.actor.partnership_id, col(Lease.case_id) == case_id)
        .execution_options(synchronize_session=False)
    )


def _did(work: UnitOfWork, change: Update) -> bool:
    return work.session.execute(change.returning(col(Lease.token))).one_or_none() is not None


def _in(lasts: timedelta) -> object:
    return _CLOCK + cast(lasts, Interval)
