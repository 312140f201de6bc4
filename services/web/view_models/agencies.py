"""What the agencies of a case are asked for, and who is let in for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.casework.access.parts import reads_family
from services.casework.steps.scoping.answers_entered import to_be_entered
from services.casework.steps.scoping.owed_answers import owed_requests, steps_about
from services.casework.steps.scoping.returns_on_record import EnterReturn, newest_of, said_in
from services.database.agency_requests import AgencyRequest, requests
from services.database.cases import Case
from services.database.guests import Guest, guests
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Answered, Asked
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.labels.own_words import in_own_words
from services.domain.plain_dates import date_and_time
from services.domain.plain_text import capital
from services.domain.roles import Permission

_NAMED_BY: Final = {
    EntryType.STRATEGIC_LEAD_REACHED: "review group",
    EntryType.ACTED_FORMALLY: "safeguarding partners",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyLine:
    """What one agency was asked for, how far its answer has come, and who named its last day.

    ``came`` says how an answer came that the agency has not confirmed, and from whom.
    """

    agency: str
    request: AgencyRequest
    is_late: bool
    named_by: str = ""
    came: str = ""
    may_be_entered: bool = False

    @property
    def is_answered(self) -> bool:
        """Tell whether there is an answer, or a reason why none is waited for."""
        return self.request.answered is not Answered.ASKED


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
    named = agency_names(work.session)
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
    enters = work.actor.may(Permission.RUN_SCOPING)
    open_ = {one.id for one in to_be_entered(work, case)} if enters else set()
    return [
        AgencyLine(
            agency=named.get(str(one.agency_id), "An agency"),
            request=one,
            is_late=one.id in owed and one.due < work.today,
            named_by=_named_by(work, case, one),
            came=_how_it_came(work, case, one),
            may_be_entered=one.id in open_,
        )
        for asked in Asked
        for one in requests(work.session, case.id, asked)
        if sees_all or one.agency_id == work.actor.agency_id
    ]


def _how_it_came(work: UnitOfWork, case: Case, request: AgencyRequest) -> str:
    """Say how the answer came that waits to be confirmed, to who reads the return."""
    is_own = request.agency_id == work.actor.agency_id
    reads = is_own or reads_family(work, case.id)
    if request.answered is not Answered.UNCONFIRMED or not reads:
        return ""
    newest = newest_of(work, case, str(request.agency_id))
    said = None if newest is None else said_in(newest)
    if not isinstance(said, EnterReturn):
        return ""
    return f"{capital(label(said.source))}, {date_and_time(said.received_at)}, from {said.caller}"


def _named_by(work: UnitOfWork, case: Case, request: AgencyRequest) -> str:
    """Say who named the day that the agency has now, where its silence was taken further (INF-06).

    One that it was given as more time is nobody's but the manager's.
    """
    if request.rung is None:
        return ""
    steps = steps_about(work, case, request, EntryType.DAY_EXTENDED, *_NAMED_BY)
    return in_own_words(_NAMED_BY.get(steps[-1].entry_type, "")) if steps else ""
