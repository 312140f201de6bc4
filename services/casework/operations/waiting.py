"""What waits for an operator, across partnerships: cases' machine work, emails, alerts; by id."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from services.casework.engine.transactions import TransactionContext, acting
from services.database import watch
from services.database.alerts import unseen_alerts
from services.database.cases import Case
from services.database.due_work import CLOCK, DueWork
from services.database.operator_acts import acknowledged
from services.database.outbox import (
    FOR_A_PERSON,
    NOT_HANDED_OVER,
    DeliveryStatus,
    OutboxEmail,
)
from services.database.restorations import unopened
from services.domain.alerts import AlertCode
from services.domain.emails import EmailTrigger
from services.domain.identifiers import PartnershipId
from services.domain.recipients import Recipient

MOST: Final = 200  # of one partnership: what is not shown comes when these are done


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
    """A case with work that is not done: how much was set aside or put off, by which errors."""

    undone: int
    set_aside: int
    put_off: int
    errors: tuple[str, ...]
    oldest: datetime


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
    """An alert that nobody has seen and no operator has acknowledged."""

    code: AlertCode
    since: datetime


def waiting_runs(context: TransactionContext) -> list[WaitingRun]:
    """Return the cases whose machine work is ordered and not done, what was set aside first."""
    found = [one for whose, session in _each(context) for one in _runs(whose, session)]
    return sorted(found, key=lambda one: (-one.set_aside, one.oldest))


def waiting_emails(context: TransactionContext) -> list[WaitingEmail]:
    """Return the emails of which only a person can say what becomes of them, oldest first.

    In a restored database these are also the ones that wait to be sent: each may have gone.
    """
    found = [one for whose, session in _each(context) for one in _emails(whose, session)]
    return sorted(found, key=lambda one: one.since)


def waiting_alerts(context: TransactionContext) -> list[WaitingAlert]:
    """Return the alerts that wait for an operator, newest first."""
    found = [one for whose, session in _each(context) for one in _alerts(whose, session)]
    return sorted(found, key=lambda one: one.since, reverse=True)


@dataclass(frozen=True, slots=True)
class _Whose:
    id: PartnershipId
    name: str


def _each(context: TransactionContext) -> Iterator[tuple[_Whose, Session]]:
    for partnership_id in watch.partnerships(context.engine):
        with acting(context, partnership_id) as work:
            yield _Whose(partnership_id, work.partnership.name), work.session


def _runs(whose: _Whose, session: Session) -> list[WaitingRun]:
    parked, later = col(DueWork.parked_at).is_not(None), col(DueWork.not_before) > CLOCK
    question = (
        select_columns(
            col(Case.id),
            col(Case.reference),
            func.count().label("undone"),
            func.count().filter(parked).label("set_aside"),
            func.count().filter(~parked, later).label("put_off"),
            func.array_agg(col(DueWork.last_error).distinct()).label("errors"),
            func.min(DueWork.ordered_at).label("oldest"),
        )
        .join(DueWork, col(DueWork.case_id) == col(Case.id))
        .where(col(DueWork.done_at).is_(None))
        .group_by(col(Case.id), col(Case.reference))
        .order_by(func.count().filter(parked).desc(), func.min(DueWork.ordered_at))
        .limit(MOST)
    )
    return [
        WaitingRun(
            id=row.id,
            partnership_id=whose.id,
            partnership=whose.name,
            case_id=row.id,
            reference=row.reference,
            undone=row.undone,
            set_aside=row.set_aside,
            put_off=row.put_off,
            errors=tuple(sorted(one for one in row.errors if one)),
            oldest=row.oldest,
        )
        for row in session.execute(question)
    ]


def _emails(whose: _Whose, session: Session) -> list[WaitingEmail]:
    listed = FOR_A_PERSON | (NOT_HANDED_OVER if unopened(session) else frozenset())
    question = (
        select(OutboxEmail, Case.reference)
        .outerjoin(Case, col(Case.id) == col(OutboxEmail.case_id))
        .where(col(OutboxEmail.delivery).in_(listed))
        .order_by(col(OutboxEmail.posted_at), col(OutboxEmail.id))
        .limit(MOST)
    )
    return [
        WaitingEmail(
            partnership_id=whose.id,
            partnership=whose.name,
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
        for email, reference in session.exec(question)
        if email.is_for_a_person or email.delivery in NOT_HANDED_OVER
    ]


def _alerts(whose: _Whose, session: Session) -> list[WaitingAlert]:
    alerts = unseen_alerts(session)
    known = acknowledged(session, [one.id for one in alerts])
    of_cases = {one.case_id for one in alerts if one.case_id is not None}
    question = select(Case.id, Case.reference).where(col(Case.id).in_(of_cases))
    references = dict(session.exec(question).all())
    return [
        WaitingAlert(
            partnership_id=whose.id,
            partnership=whose.name,
            case_id=one.case_id,
            reference=references.get(one.case_id, "") if one.case_id else "",
            id=one.id,
            code=one.code,
            since=one.at,
        )
        for one in alerts
        if one.id not in known
    ]
