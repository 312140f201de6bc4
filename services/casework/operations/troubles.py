"""What is wrong, in casework words: while anything stands here, nothing is said to be well.

The alerts of `deployments/observability/alerts.yml` page at the same limits.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from services.casework.engine.periodic_jobs import TICK
from services.casework.operations.flow_engine import FlowEngineMeasured
from services.database.measures import (
    AlertsMeasured,
    AuditMeasured,
    ClocksMeasured,
    EmailsMeasured,
    Measures,
    WorkMeasured,
)
from services.domain.identifiers import PartnershipId

MINUTE: Final = 60.0
HOUR: Final = 60 * MINUTE
TICK_BEHIND_AFTER: Final = 5 * MINUTE
EMAILS_OLD_AFTER: Final = 10 * MINUTE
WORK_OVERDUE_AFTER: Final = 15 * MINUTE
AUDIT_UNCHECKED_AFTER: Final = 26 * HOUR


def troubles_of(measures: Measures, whose: PartnershipId) -> tuple[str, ...]:
    """Say what is wrong in one partnership, the gravest first; nothing where all is well."""
    return (
        *(words for one in measures.clocks if one.tenant_id == whose for words in _of_clocks(one)),
        *(words for one in measures.work if one.tenant_id == whose for words in _of_work(one)),
        *(words for one in measures.emails if one.tenant_id == whose for words in _of_emails(one)),
        *_of_alerts(one for one in measures.alerts if one.tenant_id == whose),
        *(words for one in measures.audits if one.tenant_id == whose for words in _of_audit(one)),
    )


def troubles_of_installation(measures: Measures, engine: FlowEngineMeasured) -> tuple[str, ...]:
    """Say what is wrong with what carries every partnership's cases."""
    tick, unprotected = measures.rounds.get(TICK), measures.tables_unprotected
    found = (
        (tick is None, "emails, reminders and clocks have never been seen to"),
        (
            tick is not None and tick > TICK_BEHIND_AFTER,
            f"emails, reminders and clocks were last seen to {ago(tick or 0)} ago",
        ),
        (unprotected > 0, f"{counted(unprotected, 'table')} without protection"),
    )
    words = tuple(words for is_so, words in found if is_so)
    return words + tuple(f"Prefect: {one}" for one in troubles_of_flow_engine(engine))


def troubles_of_flow_engine(engine: FlowEngineMeasured) -> tuple[str, ...]:
    """Say why Prefect carries no case just now, or why nobody can tell."""
    found = (
        (not engine.answers, "it does not answer"),
        (engine.answers and not engine.is_known, "it refuses what is asked of it"),
        (engine.is_known and not engine.has_deployment, "the flow is not registered"),
        (engine.is_pool_paused, "the work pool is paused"),
        (engine.is_known and not engine.has_worker, "no worker answers"),
    )
    return tuple(words for is_so, words in found if is_so)


def ago(seconds: float) -> str:
    """Return a time in the largest unit of which there are two or more, or in minutes."""
    for unit, length in (("day", 24 * HOUR), ("hour", HOUR)):
        if seconds >= 2 * length:
            return f"{seconds // length:.0f} {unit}s"
    return counted(round(seconds / MINUTE), "minute")


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with what it counts."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def _of_clocks(one: ClocksMeasured) -> Iterator[str]:
    if one.late:
        on = counted(one.late_cases, "case")
        yield f"{counted(one.late, 'clock')} late on {on}"
    if one.late_of_its_own:
        yield f"{counted(one.late_of_its_own, 'clock')} of its own late"
    if one.due_unowned:
        yield f"{counted(one.due_unowned, 'clock')} due today or tomorrow that nobody has"


def _of_work(one: WorkMeasured) -> Iterator[str]:
    if one.is_paused:
        yield f"machine work paused for {ago(one.paused_for)}"
    if one.set_aside:
        yield counted(one.set_aside, "piece of work set aside", "pieces of work set aside")
    if one.longest_overdue > WORK_OVERDUE_AFTER:
        yield f"machine work overdue for {ago(one.longest_overdue)}"


def _of_emails(one: EmailsMeasured) -> Iterator[str]:
    if one.in_doubt + one.refused:
        found = one.in_doubt + one.refused
        yield counted(found, "email held or refused", "emails held or refused")
    if one.longest_unsent > EMAILS_OLD_AFTER:
        yield f"emails unsent for {ago(one.longest_unsent)}"


def _of_alerts(measured: Iterable[AlertsMeasured]) -> Iterator[str]:
    if unseen := sum(one.unseen for one in measured):
        yield counted(unseen, "alert")


def _of_audit(one: AuditMeasured) -> Iterator[str]:
    if one.is_broken:
        yield "the audit chain is not whole"
    elif one.checked_ago is not None and one.checked_ago > AUDIT_UNCHECKED_AFTER:
        yield f"the audit chain was last checked {ago(one.checked_ago)} ago"
