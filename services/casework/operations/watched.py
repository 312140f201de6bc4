"""What operators see: every case by its reference, how far its steps are, and what is stuck.

One unit of work a partnership, as Keyline itself; nothing of a case's content is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from services.casework.engine.progress import on_record_of_run, standings
from services.casework.engine.transactions import TransactionContext, acting
from services.casework.operations.troubles import counted, troubles_of
from services.database import measures, watch
from services.database.alerts import Alert, unseen_alerts
from services.database.cases import Case
from services.database.due_work import DueWork
from services.database.outbox import DeliveryStatus, OutboxEmail
from services.database.partnerships import Partnership
from services.database.unit_of_work import UnitOfWork
from services.database.watch import SharedRun
from services.domain import progress as way
from services.domain.alerts import AlertCode
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.workflow import Stage, StepStanding

MOST_CASES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedCase:
    """One case without its content: where it stands, and what of its machine work waits.

    A case of a joint review is shown with the run that carries it, whoever leads, and with the
    names of the partnerships that share that run.
    """

    case_id: CaseId
    reference: str
    stage: Stage
    steps: tuple[StepStanding, ...]
    flow_run_id: UUID | None
    undone: int
    parked: int
    oldest: datetime | None
    shared_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedAlert:
    """One alert by its code and ids: who the person is, operators do not learn here."""

    code: AlertCode
    person_id: UUID
    case_id: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedPartnership:
    """One partnership as operators see it; while it is paused, its machine work waits.

    ``measured`` is what was found wrong of all its cases, those not shown here among them.
    """

    id: PartnershipId
    name: str
    cases: tuple[WatchedCase, ...]
    emails: Mapping[DeliveryStatus, int]
    alerts: tuple[WatchedAlert, ...]
    is_on_practice_clock: bool
    measured: tuple[str, ...]
    paused_because: str | None = None

    @property
    def touches(self) -> tuple[str, ...]:
        """Return the partnerships in whose joint reviews a pause of this one holds work back."""
        return tuple(sorted({name for case in self.cases for name in case.shared_with}))

    @property
    def undone(self) -> int:
        """Return how many pieces of work are ordered and not done."""
        return sum(case.undone for case in self.cases)

    @property
    def troubles(self) -> tuple[str, ...]:
        """Say in casework words what is wrong, if anything is; nothing else is well."""
        unstarted = sum(one.flow_run_id is None for one in self.cases)
        words = counted(unstarted, "case without a flow run", "cases without a flow run")
        return (*self.measured, words) if unstarted else self.measured


def partnerships_watched(
    context: TransactionContext, found: measures.Measures
) -> list[WatchedPartnership]:
    """Return every partnership with its open cases and its newest closed ones, as was measured."""
    ids = watch.partnerships(context.engine)
    shared = watch.shared_runs(context.engine)
    names = partnership_names(context) if shared else {}
    return [
        replace(_watched(context, one, shared, names), measured=troubles_of(found, one))
        for one in ids
    ]


def partnership_names(context: TransactionContext) -> Mapping[PartnershipId, str]:
    """Return the name of every partnership, by its id."""
    names = {}
    for partnership_id in watch.partnerships(context.engine):
        with acting(context, partnership_id) as work:
            names[partnership_id] = work.partnership.name
    return names


def _watched(
    context: TransactionContext,
    partnership_id: PartnershipId,
    shared: Mapping[CaseId, SharedRun],
    names: Mapping[PartnershipId, str],
) -> WatchedPartnership:
    with acting(context, partnership_id) as work:
        newest = select(Case).order_by(col(Case.opened_at).desc(), col(Case.id)).limit(MOST_CASES)
        cases = [_case(work, case) for case in work.session.exec(newest).all()]
        return WatchedPartnership(
            id=partnership_id,
            name=work.partnership.name,
            cases=tuple(_as_shared(context, case, shared, names) for case in cases),
            emails=_emails(work.session),
            alerts=tuple(_alert(alert) for alert in unseen_alerts(work.session)),
            is_on_practice_clock=work.partnership.practice_offset != 0,
            measured=(),
            paused_because=_pause(work.partnership),
        )


def _pause(partnership: Partnership) -> str | None:
    return partnership.work_paused_because if partnership.work_paused_at else None


def _as_shared(
    context: TransactionContext,
    case: WatchedCase,
    shared: Mapping[CaseId, SharedRun],
    names: Mapping[PartnershipId, str],
) -> WatchedCase:
    """Return the case with the run that carries it and its steps, if partnerships share one."""
    run = shared.get(case.case_id)
    if run is None:
        return case
    seen = on_record_of_run(context, watch.members_of(context.engine, case.case_id))
    others = tuple(names[one] for one in run.shared_with if one in names)
    return replace(case, flow_run_id=run.run_id, steps=way.standings(seen), shared_with=others)


def _case(work: UnitOfWork, case: Case) -> WatchedCase:
    undone = work.session.exec(
        select(DueWork).where(DueWork.case_id == case.id, col(DueWork.done_at).is_(None))
    ).all()
    return WatchedCase(
        case_id=CaseId(case.id),
        reference=case.reference,
        stage=case.stage,
        steps=standings(work, case),
        flow_run_id=case.flow_run_id,
        undone=len(undone),
        parked=sum(piece.parked_at is not None for piece in undone),
        oldest=min((piece.ordered_at for piece in undone), default=None),
    )


def _alert(alert: Alert) -> WatchedAlert:
    return WatchedAlert(
        code=alert.code, person_id=alert.person_id, case_id=alert.case_id, at=alert.at
    )


def _emails(session: Session) -> Mapping[DeliveryStatus, int]:
    question = select(OutboxEmail.delivery, func.count(col(OutboxEmail.id))).group_by(
        col(OutboxEmail.delivery)
    )
    return {DeliveryStatus(delivery): count for delivery, count in session.exec(question).all()}
