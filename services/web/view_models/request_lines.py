"""Requests for information as a list shows them: references, last days, and nobody's name."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.casework.access.cases import is_open_to_actor
from services.casework.information_requests.access import requests_seen
from services.casework.information_requests.standing import RequestStanding, due_of
from services.database.information_requests import InformationRequest
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.request_clocks import AnswerDue
from services.domain.information_requests import InformationRequestKind
from services.domain.labels import label
from services.domain.plain_dates import day_month_year
from services.domain.plain_text import capital
from services.domain.roles import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """A request in the list: its reference, what it is, its last day; no name of anybody.

    ``declare_at`` is where the person declares first, where it is about a case that needs it.
    """

    id: UUID
    reference: str
    kind: InformationRequestKind
    received_on: date
    stands: str
    is_late: bool
    declare_at: str


def request_lines(work: UnitOfWork) -> list[RequestLine]:
    """Return the requests that the person may know of: the open ones first, by their last day."""
    found = [(one, due_of(work, one)) for one in requests_seen(work)]
    in_order = sorted(found, key=lambda one: (one[0].ending is not None, one[1].due or date.max))
    return [_line(work, standing, due) for standing, due in in_order]


def how_it_stands(work: UnitOfWork, standing: RequestStanding, due: AnswerDue) -> str:
    """Say how the request stands: answered or closed, stopped, late, or by when it is due."""
    ending = standing.ending
    if ending is not None:
        return f"{capital(label(ending.event))}, {day_month_year(ending.on_day)}"
    if due.due is None:
        return "The clock is stopped"
    by = day_month_year(due.due)
    return f"Late: it was due by {by}" if due.is_late(work.today) else f"Due by {by}"


def is_late(work: UnitOfWork, standing: RequestStanding, due: AnswerDue) -> bool:
    """Tell whether an open request was due before today."""
    return standing.ending is None and due.is_late(work.today)


def _line(work: UnitOfWork, standing: RequestStanding, due: AnswerDue) -> RequestLine:
    request = standing.request
    return RequestLine(
        id=request.id,
        reference=request.reference,
        kind=request.kind,
        received_on=request.received_on,
        stands=how_it_stands(work, standing, due),
        is_late=is_late(work, standing, due),
        declare_at=_declare_at(work, request),
    )


def _declare_at(work: UnitOfWork, request: InformationRequest) -> str:
    if request.case_id is None or not work.actor.may(Permission.READ_CASE):
        return ""
    if is_open_to_actor(work, request.case_id):
        return ""
    return f"/cases/{request.case_id}/declaration?next=/information-requests/{request.id}"
