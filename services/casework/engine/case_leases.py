"""The lease of a case: one process at a time carries a case, and a newer lease fences off an older.

A process that is gone leaves its leases behind; here they are given back, and its work suspected.
"""

from dataclasses import dataclass
from datetime import timedelta

from services.casework.engine.transactions import TransactionContext, acting, translated
from services.database import due_work, leases, watch
from services.domain.backoff import after_a_failure
from services.domain.errors import NotFound
from services.domain.identifiers import CaseId, PartnershipId


@dataclass(frozen=True, slots=True)
class CaseLease:
    """The lease of one case: the token proves that it is the newest."""

    partnership_id: PartnershipId
    case_id: CaseId
    token: int
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """A process by its name; one that is alone carries one case and ends."""

    name: str
    is_alone: bool = False


def acquire(
    context: TransactionContext, case_id: CaseId, holder: Holder, lasts: timedelta = leases.LASTS
) -> CaseLease | None:
    """Take the case's lease; nothing while another process carries the case.

    Work that the last holder had begun when its lease ran out was lost with its process, unless
    that is the process that asks: then only the database was away.
    """
    with translated():
        case = watch.case_of(context.engine, case_id)
    if case is None:
        raise NotFound("There is no such case.")
    with acting(context, case.tenant_id) as work:
        taken = leases.acquire(work, case_id, holder.name, lasts)
        if taken is None:
            return None
        if taken.expired_from in {None, holder.name}:
            due_work.withdraw(work, case_id)
        else:
            due_work.suspect(work, case_id)
    return CaseLease(case.tenant_id, case_id, taken.token, holder.is_alone)


def renew(context: TransactionContext, lease: CaseLease, lasts: timedelta = leases.LASTS) -> bool:
    """Prolong the lease; tell whether the case is still ours."""
    with acting(context, lease.partnership_id) as work:
        return leases.renew(work, lease.case_id, lease.token, lasts)


def release(context: TransactionContext, lease: CaseLease) -> None:
    """Release the lease, then notify the worker.

    So work that was ordered while the flow was pausing is not missed.
    """
    with acting(context, lease.partnership_id) as work:
        leases.release(work, lease.case_id, lease.token)
        due_work.wake(work, lease.case_id)


def clear_expired(
    context: TransactionContext, partnership_id: PartnershipId, case_id: CaseId
) -> None:
    """Clear the lease of a process that died; what it had begun was lost with it."""
    with acting(context, partnership_id) as work:
        if leases.clear_expired(work, case_id):
            due_work.suspect(work, case_id)


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
                (due_work.suspect if was_lost else due_work.withdraw)(work, lease.case_id)
                due_work.wake(work, lease.case_id)
    return [lease.case_id for lease in held]


def suspect(context: TransactionContext, case_id: CaseId) -> None:
    """Let what was begun on a case be begun again, alone: it will not come back to its process."""
    with translated():
        case = watch.case_of(context.engine, case_id)
    if case is not None:
        with acting(context, case.tenant_id) as work:
            due_work.suspect(work, case_id)


def count_loss(context: TransactionContext, process: str) -> list[CaseId]:
    """Count a process that died while it carried one case alone; return that case.

    Only whoever saw it die may call this: a process that was stopped has died of nothing.
    """
    with translated():
        held = watch.leases_of(context.engine, process)
    for lease in held:
        with acting(context, lease.tenant_id) as work:
            if not leases.release_from(work, lease.case_id, lease.holder):
                continue
            losses = due_work.losses_alone(work, lease.case_id)
            if losses is not None:
                delay = after_a_failure(losses + 1)
                due_work.count_loss(work, lease.case_id, delay)
            due_work.wake(work, lease.case_id)
    return [lease.case_id for lease in held]
