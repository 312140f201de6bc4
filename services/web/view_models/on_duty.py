"""Who is on duty for a referral that waits for the authority, who opened it, who is next."""

from dataclasses import dataclass
from datetime import datetime

from services.casework.effects import policy_of
from services.casework.engine.duty_calls import opened_by_authority
from services.database.assignments import open_of
from services.database.cases import Case
from services.database.decisions import declarations_on
from services.database.duty_roster import on_duty
from services.database.people import members
from services.database.unit_of_work import UnitOfWork
from services.domain.duty import call_due
from services.domain.roles import Permission, Role
from services.domain.todos import Todo


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDutyLine:
    """One person of the roster: how they are reached, when they are called."""

    holder: str
    reached: str
    called_at: datetime
    is_called: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDutyView:
    """The roster of a waiting referral, and which decision makers have opened the case."""

    lines: list[OnDutyLine]
    opened: list[str]
    is_opened: bool


def on_duty_view(work: UnitOfWork, case: Case) -> OnDutyView | None:
    """Return the roster of a case that waits for the authority; None where it is not shown."""
    waiting = open_of(work.session, Todo.RECORD_AWARENESS)
    is_waiting = any(one.case_id == case.id for one in waiting)
    if not is_waiting or not work.actor.may(Permission.READ_CASE):
        return None
    hours, declared = policy_of(case).next_on_duty_after, declarations_on(work.session, case.id)
    lines = []
    for place, contact in enumerate(on_duty(work.session, work.now)):
        called_at = call_due(case.referred_at, place, hours)
        lines.append(
            OnDutyLine(
                holder=contact.holder,
                reached=", ".join(filter(None, (contact.telephone, contact.address))),
                called_at=called_at,
                is_called=called_at <= work.now,
            )
        )
    notifiers = members(work.session, Role.NOTIFIER, on=work.today)
    return OnDutyView(
        lines=lines,
        opened=[one.name for one in notifiers if one.id in declared],
        is_opened=opened_by_authority(work, case),
    )
