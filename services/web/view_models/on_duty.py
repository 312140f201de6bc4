"""Who is on duty for what waits for the authority, who has opened it, and who is called next."""

from dataclasses import dataclass
from datetime import datetime

from services.casework.effects import policy_of
from services.casework.engine.duty_calls import (
    ASKED_FIRST,
    called_since,
    notifiers_in,
)
from services.database.assignments import open_of
from services.database.cases import Case
from services.database.duty_roster import on_duty
from services.database.unit_of_work import UnitOfWork
from services.domain.duty import call_due
from services.domain.roles import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDutyLine:
    """One person of the roster: how they are reached, when they are called."""

    holder: str
    reached: str
    called_at: datetime
    is_called: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDutyView:
    """The roster of what waits, and which decision makers have opened the case."""

    lines: list[OnDutyLine]
    opened: list[str]
    is_opened: bool


def on_duty_view(work: UnitOfWork, case: Case) -> OnDutyView | None:
    """Return the roster of a case that waits for the authority; None where it is not shown."""
    waiting = (one for one in open_of(work.session, *ASKED_FIRST) if one.case_id == case.id)
    asked = next(waiting, None)
    if asked is None or not work.actor.may(Permission.READ_CASE):
        return None
    hours, lines = policy_of(case).next_on_duty_after, []
    for place, contact in enumerate(on_duty(work.session, work.now)):
        called_at = call_due(called_since(case, asked), place, hours)
        lines.append(
            OnDutyLine(
                holder=contact.holder,
                reached=", ".join(filter(None, (contact.telephone, contact.address))),
                called_at=called_at,
                is_called=called_at <= work.now,
            )
        )
    opened = [one.name for one in notifiers_in(work, case)]
    return OnDutyView(lines=lines, opened=opened, is_opened=bool(opened))
