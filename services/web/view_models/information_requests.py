"""A request for information as its page shows it: how it stands, its clock, its steps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.casework.information_requests.acts import InformationRequestAct, open_acts
from services.casework.information_requests.standing import RequestStanding, due_of
from services.database.cases import get_case
from services.database.information_requests import (
    InformationRequest,
    InformationRequestPaper,
    InformationRequestStep,
    papers_of,
)
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import RequestEvent
from services.domain.clocks.request_clocks import AnswerDue
from services.domain.identifiers import CaseId
from services.domain.information_requests import RequestOutcome
from services.domain.labels import label
from services.domain.parties import party_name
from services.domain.plain_text import capital
from services.web.view_models.request_items import ItemLine, item_line
from services.web.view_models.request_lines import how_it_stands, is_late


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step that was taken: what, on which day, by whom, and what was said."""

    event: RequestEvent
    on_day: date
    who: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    """Everything about one request."""

    request: InformationRequest
    stands: str
    is_late: bool
    due: AnswerDue
    holder: str
    case_reference: str
    steps: tuple[StepLine, ...]
    items: tuple[ItemLine, ...]
    papers: tuple[InformationRequestPaper, ...]
    acts: tuple[InformationRequestAct, ...]


def request_page(work: UnitOfWork, standing: RequestStanding) -> RequestPage:
    """Return everything about a request that the person may read."""
    due, request = due_of(work, standing), standing.request
    known = names(work.session, {one.added_by for one in standing.steps} | {request.added_by})
    return RequestPage(
        request=request,
        stands=how_it_stands(work, standing, due),
        is_late=is_late(work, standing, due),
        due=due,
        holder=_holder(work, standing),
        case_reference=_case_reference(work, request),
        steps=tuple(_steps(standing, known)),
        items=tuple(item_line(work, standing, one, known) for one in standing.items),
        papers=tuple(papers_of(work.session, request.id)),
        acts=open_acts(work.actor, standing),
    )


def _holder(work: UnitOfWork, standing: RequestStanding) -> str:
    holder = standing.holder
    if holder is None:
        return "Nobody yet: pass it to who holds the information"
    if holder.seat is None:
        return capital(label(holder))
    return capital(party_name(holder.seat, standing.authority, work.partnership.authorities))


def _case_reference(work: UnitOfWork, request: InformationRequest) -> str:
    """Return the reference of the case that it concerns, which its keepers may know."""
    if request.case_id is None:
        return ""
    return get_case(work.session, CaseId(request.case_id)).reference


def _steps(standing: RequestStanding, known: Mapping[UUID, str]) -> Iterator[StepLine]:
    request = standing.request
    yield StepLine(
        event=RequestEvent.RECEIVED,
        on_day=request.received_on,
        who=known.get(request.added_by, ""),
        said=(),
    )
    for one in standing.steps:
        who = known.get(one.added_by, "")
        yield StepLine(event=one.event, on_day=one.on_day, who=who, said=tuple(_said(one)))


def _said(step: InformationRequestStep) -> Iterator[str]:
    """Yield the words of a step that a person typed, and by how much it extended."""
    for name in ("length", "because", "seen", "reasons", "way", "grounds", "proof", "outcome"):
        told = step.words.get(name)
        if told is None:
            continue
        if name == "outcome" and step.event is RequestEvent.CLOSED:
            yield capital(label(RequestOutcome(told)))
        elif name == "length":
            yield f"By {told}"
        else:
            yield str(told)
