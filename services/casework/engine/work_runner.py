"""The work runner: does a case's machine work under one lease, piece by piece, each piece once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Protocol

from services.casework.engine.case_leases import CaseLease
from services.casework.engine.effect_log import (
    DONE,
    PUT_OFF,
    SET_ASIDE,
    because_of,
    note_piece,
)
from services.casework.engine.transactions import TransactionContext, acting
from services.casework.job_context import JobContext, JobHandlers, handle
from services.database import due_work, leases, work_attempts
from services.database.unit_of_work import UnitOfWork
from services.database.work_attempts import Attempt
from services.documents import Documents
from services.domain.backoff import after_a_failure, after_nobody_answered
from services.domain.errors import LeaseLost, Unavailable
from services.domain.identifiers import CaseId
from services.domain.workflow import Step
from services.storage import Store


class Around(TransactionContext, Protocol):
    """What carrying a case needs of the process's neighbours."""

    @property
    def documents(self) -> Documents: ...  # noqa: D102 - named for what it is
    @property
    def store(self) -> Store: ...  # noqa: D102 - named for what it is


class WorkSetAside(Exception):
    """Work failed too often and waits for operations; it names ids only, never what failed."""

    def __init__(self, case_id: CaseId, step: Step) -> None:
        super().__init__(f"Work of step {step} of case {case_id} was set aside.")


def run_step(
    around: Around,
    lease: CaseLease,
    step: Step,
    handlers: JobHandlers,
    may_begin: Callable[[], bool] = lambda: True,
) -> bool:
    """Do every piece of the step's work that may be done now; tell whether there was any.

    ``may_begin`` is asked before each piece, and an attempt is counted before it begins. The
    piece is then done with no transaction open, and one short transaction links what was done to
    the case and marks it done, both or neither. Why a piece failed stays in this process: only
    the error's kind is kept, and what is raised names
    ids.
    """
    did_any = was_set_aside = False
    is_more = True
    while is_more and may_begin() and (attempt := _begin(around, lease, step)) is not None:
        did_any = True
        with because_of(attempt):
            error, is_more = _try(around, lease, attempt, handlers)
            if error is not None:
                was_set_aside |= _put_off(around, lease, attempt, error)
    if was_set_aside:
        raise WorkSetAside(lease.case_id, step)
    return did_any


@contextmanager
def _holding(around: Around, lease: CaseLease) -> Iterator[UnitOfWork]:
    """Open a transaction under the lease; refuse one under a lease that another has taken."""
    with acting(around, lease.partnership_id) as work:
        leases.must_hold(work, lease.case_id, lease.token)
        yield work


def _begin(around: Around, lease: CaseLease, step: Step) -> Attempt | None:
    with _holding(around, lease) as work:
        return work_attempts.begin(work, lease.case_id, step, lease.token, is_alone=lease.is_alone)


def _try(
    around: Around, lease: CaseLease, attempt: Attempt, handlers: JobHandlers
) -> tuple[type[Exception] | None, bool]:
    """Do the piece and mark it done; return the kind of error that stopped it, if one did.

    Tell too whether the step may have more to do, so that it is not asked in a transaction more.
    """
    try:
        context = JobContext(
            case_id=lease.case_id,
            step=attempt.step,
            now=around.now(),
            documents=around.documents,
            store=around.store,
            transaction=partial(_holding, around, lease),
            elsewhere=partial(acting, around),
        )
        link = handle(handlers, context, attempt.payload)
        with _holding(around, lease) as work:
            link(work)
            work_attempts.mark_done(work, attempt)
            is_more = attempt.step in due_work.ready_steps(work, lease.case_id)
    except LeaseLost:
        raise
    except Exception as error:  # noqa: BLE001 - counted on the piece; its text goes nowhere
        return type(error), True
    note_piece(lease, attempt, around.now(), DONE)
    return None, is_more


def _put_off(around: Around, lease: CaseLease, attempt: Attempt, error: type[Exception]) -> bool:
    """Keep why the attempt was in vain and when to try again; tell whether that is never."""
    if issubclass(error, Unavailable):
        tried = replace(attempt, unanswered=attempt.unanswered + 1)
        delay = after_nobody_answered(tried.unanswered)
    else:
        tried = replace(attempt, failures=attempt.failures + 1)
        delay = after_a_failure(tried.failures)
    with _holding(around, lease) as work:
        work_attempts.put_off(work, tried, error.__name__, delay)
    outcome = SET_ASIDE if delay is None else PUT_OFF
    note_piece(lease, attempt, around.now(), outcome, error.__name__)
    return delay is None
