"""The lease of a case: one process at a time carries a case, and a newer lease fences off an older.

The run of a joint review holds the lease of each case that it carries, the leading case's first:
each is checked in a transaction of its own partnership, which is the only one that may write it.

A process that is gone leaves its leases behind; here they are given back, and its work suspected.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from services.casework.engine.transactions import TransactionContext, acting, translated
from services.database import due_work, leases, watch, work_attempts
from services.database.watch import Member
from services.domain.backoff import after_a_failure
from services.domain.errors import NotFound
from services.domain.identifiers import CaseId, PartnershipId


@dataclass(frozen=True, slots=True)
class CaseLease:
    """The lease of one case: the token proves that it is the newest.

    ``continued_run`` is a flow run of the case that is over for good, if there is one.
    """

    partnership_id: PartnershipId
    case_id: CaseId
    token: int
    is_alone: bool = False
    continued_run: UUID | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """A process by its name; one that is alone carries one case and ends."""

    name: str
    is_alone: bool = False


def acquire(
    context: TransactionContext, case_id: CaseId, holder: Holder, lasts: timedelta = leases.LASTS
) -> CaseLease | None:
    """Take the lease of one case; nothing while another process carries the case."""
    (own,) = (member for member in _members(context, case_id) if member.case_id == case_id)
    return _take(context, own, holder, lasts)


def acquire_all(
    context: TransactionContext, case_id: CaseId, holder: Holder, run_id: UUID | None = None
) -> tuple[CaseLease, ...] | None:
    """Take the leases of all cases that the case's run carries; nothing while its own is busy.

    A joining case that another process still carries waits for the next pass. A case that joins a
    review is carried by the leading case's run, and its own run carries none; neither does a run
    that was ended just when it was claimed.
    """
    leading, *joining = _members(context, case_id)
    if leading.case_id != case_id:
        return ()
    first = _take(context, leading, holder)
    if first is None:
        return None
    if run_id is not None and first.continued_run == run_id:
        release(context, first)
        return ()
    others = (_take(context, member, holder) for member in joining)
    return (first, *(lease for lease in others if lease is not None))


def _members(context: TransactionContext, case_id: CaseId) -> Sequence[Member]:
    with translated():
        members = watch.members_of(context.engine, case_id)
    if not members:
        raise NotFound("There is no such case.")
    return members


def _take(
    context: TransactionContext, member: Member, holder: Holder, lasts: timedelta = leases.LASTS
) -> CaseLease | None:
    """Take one case's lease, if it is free.

    Work that the last holder had begun when its lease ran out was lost with its process, unless
    that is the process that asks: then only the database was away.
    """
    with acting(context, member.partnership_id) as work:
        taken = leases.acquire(work, member.case_id, holder.name, lasts)
        if taken is None:
            return None
        if taken.expired_from in {None, holder.name}:
            work_attempts.withdraw(work, member.case_id)
        else:
            work_attempts.suspect(work, member.case_id)
    return CaseLease(
        member.partnership_id, member.case_id, taken.token, holder.is_alone, taken.continued_run
    )


def renew(context: TransactionContext, lease: CaseLease, lasts: timedelta = leases.LASTS) -> bool:
    """Prolong the lease; tell whether the case is still ours."""
    with acting(context, lease.partnership_id) as work:
        return leases.renew(work, lease.case_id, lease.token, lasts)


def release(context: TransactionContext, lease: CaseLease) -> None:
    """Release the lease, then tell the worker that the case rests, or wakes again.

    So work that was ordered while the flow was pausing is not missed. What is ordered while this
    is said is found by the look that follows a rest.
    """
    with acting(context, lease.partnership_id) as work:
        leases.release(work, lease.case_id, lease.token)
        if due_work.ready_steps(work, lease.case_id):
            due_work.wake(work, lease.case_id)
        else:
            due_work.tell_rested(work, lease.case_id)


def clear_expired(context: TransactionContext, case_id: CaseId) -> None:
    """Clear the leases of a process that died on the cases of a run; what it had begun was lost."""
    for member in _members(context, case_id):
        with acting(context, member.partnership_id) as work:
            if leases.clear_expired(work, member.case_id):
                work_attempts.suspect(work, member.case_id)


def release_all(
    context: TransactionContext, process: str, *, was_lost: bool, but_not: str | None = None
) -> list[CaseId]:
    """Release every lease of a process, by the beginning of its name; return the cases.

    A process that was lost leaves suspects behind; one that stops leaves its work as it found it.
    """
    with translated():
        held = [
            lease
            for lease in watch.leases_of(context.engine, process)
            if but_not is None or not lease.holder.startswith(but_not)
        ]
    for lease in held:
        with acting(context, lease.tenant_id) as work:
            if leases.release_from(work, lease.case_id, lease.holder):
                (work_attempts.suspect if was_lost else work_attempts.withdraw)(work, lease.case_id)
                due_work.wake(work, lease.case_id)
    return [lease.case_id for lease in held]


def suspect(context: TransactionContext, case_ids: Iterable[CaseId], process: str) -> None:
    """Let what a process began for these runs be begun again, alone: it will not come back."""
    members = {one.case_id for case_id in case_ids for one in _members(context, case_id)}
    with translated():
        held = watch.leases_of(context.engine, process)
    for lease in held:
        if lease.case_id in members:
            with acting(context, lease.tenant_id) as work:
                work_attempts.suspect(work, lease.case_id)


def count_loss(context: TransactionContext, process: str) -> list[CaseId]:
    """Count a process that died while it carried one run alone; return the run's cases.

    Only whoever saw it die may call this: a process that was stopped has died of nothing.
    """
    with translated():
        held = watch.leases_of(context.engine, process)
    for lease in held:
        with acting(context, lease.tenant_id) as work:
            if not leases.release_from(work, lease.case_id, lease.holder):
                continue
            losses = work_attempts.losses_alone(work, lease.case_id)
            if losses is not None:
                delay = after_a_failure(losses + 1)
                work_attempts.count_loss(work, lease.case_id, delay)
            due_work.wake(work, lease.case_id)
    return [lease.case_id for lease in held]
