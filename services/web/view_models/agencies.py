"""What the agencies of a case are asked for, and the actions that they own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.casework.steps.scoping.owed_answers import owed_requests, steps_about
from services.database.actions import Action, actions
from services.database.agency_requests import AgencyRequest, requests
from services.database.cases import Case
from services.database.guests import Guest, guests
from services.database.partnerships import agencies
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.entry_types import EntryType
from services.domain.roles import Permission

ActionLine = tuple[Action, str]


_NAMED_BY: Final = {
    EntryType.STRATEGIC_LEAD_REACHED: "review group",
    EntryType.ACTED_FORMALLY: "safeguarding partners",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyLine:
    """What one agency was asked for, how far its answer has come, and who named its last day."""

    agency: str
    request: AgencyRequest
    is_late: bool
    named_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestLine:
    """A person without an account who is or was let in for an agency."""

    guest: Guest
    agency: str
    is_let_in: bool


def guest_lines(work: UnitOfWork, case: Case) -> list[GuestLine]:
    """Return everybody who was let in without an account, to those who see the whole case."""
    if not work.actor.may(Permission.READ_CASE):
        return []
    named = {one.id: one.name for one in agencies(work.session)}
    return [
        GuestLine(
            guest=one,
            agency=named.get(one.agency_id, "An agency"),
            is_let_in=one.is_let_in(work.today),
        )
        for one in guests(work.session, case.id)
    ]


def agency_lines(work: UnitOfWork, case: Case, named: Mapping[str, str]) -> list[AgencyLine]:
    """Return what was asked of the agencies; to those who do not see all, of their own only."""
    sees_all = work.actor.may(Permission.READ_CASE)
    owed = {one.id for one in owed_requests(work, case)}
    return [
        AgencyLine(
            agency=named.get(str(one.agency_id), "An agency"),
            request=one,
            is_late=one.id in owed and one.due < work.today,
            named_by=_named_by(work, case, one),
        )
        for asked in Asked
        for one in requests(work.session, case.id, asked)
        if sees_all or one.agency_id == work.actor.agency_id
    ]


def _named_by(work: UnitOfWork, case: Case, request: AgencyRequest) -> str:
    """Say who named the day that the agency has now, where its silence was taken further (INF-06).

    One that it was given as more time is nobody's but the manager's.
    """
    if request.rung is None:
        return ""
    steps = steps_about(work, case, request, EntryType.DAY_EXTENDED, *_NAMED_BY)
    return _NAMED_BY.get(steps[-1].entry_type, "") if steps else ""


def action_lines(work: UnitOfWork, case: Case, named: Mapping[str, str]) -> list[ActionLine]:
    """Return the actions with their owners; to those who do not see all, their agency's only."""
    sees_all = work.actor.may(Permission.READ_CASE)
    return [
        (one, named.get(str(one.agency_id), "An agency"))
        for one in actions(work.session, case.id)
        if sees_all or one.agency_id == work.actor.agency_id
    ]
