"""Alerts: raised beside the acts of a case, and shown to those who must look at them.

An alert goes to the business manager. One about what a business manager did goes to the chair
of the review group, and no one is shown an alert about themselves.
"""

from uuid import UUID, uuid4

from sqlmodel import select

from services.casework.audit import note_alert, note_refusal
from services.database.alerts import Alert, count_refusal, has_unseen, newest_alerts
from services.database.cases import Case
from services.database.people import members
from services.database.unit_of_work import UnitOfWork
from services.domain.alerts import ABOUT_THE_PERSON, REFUSALS_IN_A_ROW, AlertCode
from services.domain.errors import NotFound
from services.domain.roles import Permission, Role


def raise_alert(work: UnitOfWork, code: AlertCode, case_id: UUID | None = None) -> None:
    """Raise an alert about what this actor met or did, on a case of the partnership or on none."""
    alert = Alert(
        tenant_id=work.actor.partnership_id,
        id=uuid4(),
        code=code,
        person_id=work.actor.person_id,
        case_id=case_id,
        at=work.now,
    )
    work.session.add(alert)
    note_alert(work, alert, "raised")


def alert_unless_waiting(work: UnitOfWork, code: AlertCode, case_id: UUID) -> None:
    """Raise an alert on a case, unless one of this kind waits there unseen."""
    if not has_unseen(work.session, code, case_id):
        raise_alert(work, code, case_id)


def note_refused_read(work: UnitOfWork, case_id: UUID | None, page: str = "") -> None:
    """Count a refused read, note it in the audit, and raise one alert for three in a row.

    A run that goes on raises another only after someone has seen the last one, so that a person
    who may read nothing at all is noticed each time, and a thousand tries fill no list.
    """
    note_refusal(work, case_id, page)
    actor = work.actor
    refused = count_refusal(work.session, actor.partnership_id, actor.person_id)
    if refused % REFUSALS_IN_A_ROW:
        return
    if refused == REFUSALS_IN_A_ROW or not _is_unseen(work):
        raise_alert(work, AlertCode.REFUSED_READS, _if_ours(work, case_id))


def alerts_for(work: UnitOfWork) -> list[Alert]:
    """Return the newest alerts that are this actor's to look at, unseen ones first."""
    work.actor.must(Permission.READ_ALERTS)
    serving = members(work.session, Role.BUSINESS_MANAGER, on=work.today)
    managers = {person.id for person in serving}
    is_manager = work.actor.role is Role.BUSINESS_MANAGER
    return [
        alert
        for alert in newest_alerts(work.session)
        if _is_about(alert, managers) is not is_manager
        and not _is_about(alert, {work.actor.person_id})
    ]


def count_unseen(work: UnitOfWork) -> int:
    """Return how many alerts wait for this actor to look at them."""
    return sum(alert.seen_at is None for alert in alerts_for(work))


def mark_seen(work: UnitOfWork, alert_id: UUID) -> None:
    """Keep that the actor has looked at an alert of theirs; the first who looked stays named."""
    alert = next((alert for alert in alerts_for(work) if alert.id == alert_id), None)
    if alert is None:
        raise NotFound("There is no such alert.")
    if alert.seen_at is None:
        alert.seen_at, alert.seen_by = work.now, work.actor.person_id
        work.session.add(alert)
        note_alert(work, alert, "seen")


def _is_about(alert: Alert, people: set[UUID]) -> bool:
    return alert.code in ABOUT_THE_PERSON and alert.person_id in people


def _is_unseen(work: UnitOfWork) -> bool:
    """Tell whether an alert about refused reads of this actor still waits to be seen."""
    question = select(Alert.seen_at).where(
        Alert.code == AlertCode.REFUSED_READS, Alert.person_id == work.actor.person_id
    )
    return None in set(work.session.exec(question))


def _if_ours(work: UnitOfWork, case_id: UUID | None) -> UUID | None:
    """Return the id if it is a case of this partnership: a guessed id is not worth keeping."""
    return work.session.exec(select(Case.id).where(Case.id == case_id)).one_or_none()
