"""What waits for an operator, across partnerships: cases' machine work, emails, alerts; by id.

The database narrows and pages (`services/database/console.py`); what is told of each is read as the
partnership's whose it is, a page at a time.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Final, Generic, TypeVar
from uuid import UUID

from sqlmodel import col, select

from services.casework.engine.transactions import TransactionContext, acting, translated
from services.database import console
from services.database.alerts import Alert
from services.database.cases import Case
from services.database.console import A_PAGE, Among, ListedRun, RunsWanted
from services.database.outbox import DeliveryStatus, OutboxEmail
from services.database.unit_of_work import UnitOfWork
from services.domain.alerts import AlertCode
from services.domain.emails import EmailTrigger
from services.domain.identifiers import PartnershipId
from services.domain.recipients import Recipient

WAITING: Final = RunsWanted(what="waiting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits, and whose it is; the id of a case's work is that of the case."""

    id: UUID
    partnership_id: PartnershipId
    partnership: str
    case_id: UUID | None
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRun(Waiting):
    """A case with what its run waits for, and what is wrong of it."""

    run: ListedRun


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingEmail(Waiting):
    """An email that may or may not have gone, or was refused, without its address.

    That of a restored database which is not handed over yet may have gone too.
    """

    event: EmailTrigger
    recipient: Recipient
    delivery: DeliveryStatus
    is_dispatch: bool
    error: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingAlert(Waiting):
    """An alert that nobody has seen and no operator has acknowledged; of whom, by id alone."""

    code: AlertCode
    person_id: UUID
    since: datetime


Item_co = TypeVar("Item_co", bound=Waiting, covariant=True)


@dataclass(frozen=True, slots=True)
class Page(Generic[Item_co]):
    """One page of what waits, and how much there is on all of them."""

    items: tuple[Item_co, ...]
    matching: int
    number: int = 1

    @property
    def pages(self) -> int:
        """Return how many pages there are; an empty list has one."""
        return max(1, ceil(self.matching / A_PAGE))


def waiting_runs(
    context: TransactionContext, among: Among, wanted: RunsWanted = WAITING
) -> Page[WaitingRun]:
    """Return one page of runs, the worst first; of cases whose work waits unless told otherwise."""
    with translated():
        found, matching = console.runs_listed(context.engine, among, wanted)
    sides = dict.fromkeys(run.tenant_id for run in found)
    names = {side: _name(context, side) for side in sides}
    items = tuple(
        WaitingRun(
            id=run.case_id,
            partnership_id=run.tenant_id,
            partnership=names[run.tenant_id],
            case_id=run.case_id,
            reference=run.reference,
            run=run,
        )
        for run in found
    )
    return Page(items, matching, among.page)


def any_runs(context: TransactionContext, among: Among) -> Page[WaitingRun]:
    """Return one page of runs, whether their work waits or not."""
    return waiting_runs(context, among, RunsWanted())


def waiting_emails(context: TransactionContext, among: Among) -> Page[WaitingEmail]:
    """Return one page of the emails of which only a person can say what becomes of them.

    The oldest first; in a restored database also those that wait to be sent: each may have gone.
    """
    with translated():
        found, matching = console.emails_listed(context.engine, among)
    return Page(_read(context, found, _emails), matching, among.page)


def waiting_alerts(context: TransactionContext, among: Among) -> Page[WaitingAlert]:
    """Return one page of the alerts that wait for an operator, newest first."""
    with translated():
        found, matching = console.alerts_listed(context.engine, among)
    return Page(_read(context, found, _alerts), matching, among.page)


def _read(
    context: TransactionContext,
    found: Collection[console.Whose],
    told: Callable[[UnitOfWork, list[UUID]], Iterator[Item_co]],
) -> tuple[Item_co, ...]:
    """Return what is told of each, read as the partnership whose it is, in the order found."""
    read: dict[UUID, Item_co] = {}
    for side, ids in console.by_partnership(found).items():
        with acting(context, side) as work:
            read |= {one.id: one for one in told(work, ids)}
    return tuple(read[one.id] for one in found if one.id in read)


def _name(context: TransactionContext, side: PartnershipId) -> str:
    with acting(context, side) as work:
        return work.partnership.name


def _emails(work: UnitOfWork, ids: list[UUID]) -> Iterator[WaitingEmail]:
    question = (
        select(OutboxEmail, Case.reference)
        .outerjoin(Case, col(Case.id) == col(OutboxEmail.case_id))
        .where(col(OutboxEmail.id).in_(ids))
    )
    for email, reference in work.session.exec(question):
        yield WaitingEmail(
            partnership_id=work.actor.partnership_id,
            partnership=work.partnership.name,
            case_id=email.case_id,
            reference=reference or "",
            id=email.id,
            event=email.event,
            recipient=email.recipient,
            delivery=email.delivery,
            is_dispatch="dispatch" in email.content,
            error=email.last_error,
            since=email.posted_at,
        )


def _alerts(work: UnitOfWork, ids: list[UUID]) -> Iterator[WaitingAlert]:
    question = (
        select(Alert, Case.reference)
        .outerjoin(Case, col(Case.id) == col(Alert.case_id))
        .where(col(Alert.id).in_(ids))
    )
    for alert, reference in work.session.exec(question):
        yield WaitingAlert(
            partnership_id=work.actor.partnership_id,
            partnership=work.partnership.name,
            case_id=alert.case_id,
            reference=reference or "",
            id=alert.id,
            code=alert.code,
            person_id=alert.person_id,
            since=alert.at,
        )
