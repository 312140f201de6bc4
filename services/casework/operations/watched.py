"""What operators see of each partnership: how it fares, and how much there is of it, in counts.

One unit of work a partnership, as Keyline itself; no case is read, so that it costs the same
whether a partnership has ten cases or ten thousand.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from services.casework.engine.transactions import TransactionContext, acting, translated
from services.casework.operations.flow_engine import FlowEngineMeasured
from services.casework.operations.troubles import counted, troubles_of
from services.database import console, measures, watch
from services.database.console import CasesCounted
from services.database.outbox import DeliveryStatus, OutboxEmail
from services.database.partnerships import Partnership
from services.domain.identifiers import PartnershipId


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedPartnership:
    """One partnership as operators see it; while it is paused, its machine work waits.

    ``touches`` are the partnerships in whose joint reviews a pause of this one holds work back;
    ``troubles`` say in casework words what is wrong, if anything is: nothing else is well.
    """

    id: PartnershipId
    name: str
    cases: CasesCounted
    undone: int
    alerts: int
    emails: Mapping[DeliveryStatus, int]
    is_on_practice_clock: bool
    troubles: tuple[str, ...]
    touches: tuple[str, ...]
    paused_because: str | None = None


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is known of all partnerships before each is asked."""

    found: measures.Measures
    engine: FlowEngineMeasured
    cases: Mapping[PartnershipId, CasesCounted]
    shares: Mapping[PartnershipId, tuple[PartnershipId, ...]]
    names: Mapping[PartnershipId, str]


def partnerships_watched(
    context: TransactionContext, found: measures.Measures, engine: FlowEngineMeasured
) -> list[WatchedPartnership]:
    """Return every partnership in counts, as was measured."""
    with translated():
        ids, shares = watch.partnerships(context.engine), watch.shares_with(context.engine)
        cases = console.cases_counted(context.engine)
    names = partnership_names(context) if shares else {}
    beside = _Beside(found, engine, cases, shares, names)
    return [_watched(context, one, beside) for one in ids]


def partnership_names(context: TransactionContext) -> Mapping[PartnershipId, str]:
    """Return the name of every partnership, by its id."""
    names = {}
    for partnership_id in watch.partnerships(context.engine):
        with acting(context, partnership_id) as work:
            names[partnership_id] = work.partnership.name
    return names


def _watched(
    context: TransactionContext, partnership_id: PartnershipId, beside: _Beside
) -> WatchedPartnership:
    found, cases = beside.found, beside.cases[partnership_id]
    touches = (beside.names[one] for one in beside.shares.get(partnership_id, ()))
    with acting(context, partnership_id) as work:
        return WatchedPartnership(
            id=partnership_id,
            name=work.partnership.name,
            cases=cases,
            undone=sum(one.undone for one in found.work if one.tenant_id == partnership_id),
            alerts=sum(one.unseen for one in found.alerts if one.tenant_id == partnership_id),
            emails=_emails(work.session),
            is_on_practice_clock=work.partnership.practice_offset != 0,
            troubles=(
                *troubles_of(found, partnership_id),
                *_unstarted(cases),
                *_held_back(beside.engine, partnership_id),
            ),
            touches=tuple(sorted(touches)),
            paused_because=_pause(work.partnership),
        )


def _unstarted(cases: CasesCounted) -> tuple[str, ...]:
    words = counted(cases.unstarted, "case without a flow run", "cases without a flow run")
    return (words,) if cases.unstarted else ()


def _held_back(engine: FlowEngineMeasured, partnership_id: PartnershipId) -> tuple[str, ...]:
    return ("its queue in Prefect is paused",) if engine.holds_back(partnership_id) else ()


def _pause(partnership: Partnership) -> str | None:
    return partnership.work_paused_because if partnership.work_paused_at else None


def _emails(session: Session) -> Mapping[DeliveryStatus, int]:
    question = select(OutboxEmail.delivery, func.count(col(OutboxEmail.id))).group_by(
        col(OutboxEmail.delivery)
    )
    return {DeliveryStatus(delivery): count for delivery, count in session.exec(question).all()}
