"""How an alert is shown to a person of the partnership: what, about whom, on which case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.database.alerts import Alert
from services.database.cases import cases_of
from services.database.decisions import declarations_of
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """One alert as a person reads it; a case that is closed to them is not named."""

    id: UUID
    what: str
    person: str
    reference: str
    at: datetime
    is_seen: bool


def alert_lines(work: UnitOfWork, alerts: Iterable[Alert]) -> list[AlertLine]:
    """Return the alerts as lines, in the order given."""
    alerts = list(alerts)
    people = names(work.session, {alert.person_id for alert in alerts})
    declared = declarations_of(work.session, work.actor.person_id)
    closed_to_them = {case_id for case_id, one in declared.items() if one.closes}
    named = {alert.case_id for alert in alerts if alert.case_id} - closed_to_them
    cases = cases_of(work.session, named)
    return [
        AlertLine(
            id=alert.id,
            what=label(alert.code),
            person=people.get(alert.person_id, "Keyline itself"),
            reference=cases[alert.case_id].reference if alert.case_id in cases else "",
            at=alert.at,
            is_seen=alert.seen_at is not None,
        )
        for alert in alerts
    ]
