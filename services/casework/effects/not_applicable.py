"""A clock that does not apply: it is shown with why, and never runs."""

from datetime import date
from typing import Any

from services.casework.effects.clocks import compute_due_date, set_count
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId


def note_not_applicable(
    work: UnitOfWork, case: Case, clock: ClockId, because: ClockEnding, publication: date
) -> None:
    """Keep that the clock does not apply to this publication, and why; one that runs stays."""
    due = compute_due_date(work, case, clock, publication=publication)
    never: dict[str, Any] = {"ended_on": work.today, "ended_because": because}
    row = RunningClock(
        tenant_id=work.actor.partnership_id,
        case_id=case.id,
        clock=clock,
        first_due=due.due,
        **never,
    )
    set_count(work, row, due)
