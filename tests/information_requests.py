"""Requests for information in tests: entered, passed on, and a row in each of their tables."""

import hashlib
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from services.casework.audit import note_row
from services.casework.information_requests.clock_acts import AskRequester, ask_requester
from services.casework.information_requests.closing import CloseInformationRequest, close_request
from services.casework.information_requests.entering import (
    EnterInformationRequest,
    enter_request,
)
from services.casework.information_requests.routing import RouteInformationRequest
from services.database.cases import Case
from services.database.information_requests import (
    InformationRequestPaper,
    get_information_request,
)
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import RequestEvent
from services.domain.clocks.request_clocks import AskedOfRequester
from services.domain.information_requests import (
    InformationHolder,
    InformationRequestKind,
    RequestOutcome,
    RequestSource,
)
from services.domain.roles import Role
from tests.world import World

SAR, FOI, COMPLAINT = InformationRequestKind
MANAGER: Final = Role.BUSINESS_MANAGER
CONTACT: Final = Role.DATA_PROTECTION_CONTACT
PARTNER: Final = Role.SAFEGUARDING_PARTNER
RECEIVED: Final = date(2026, 1, 12)
TABLES_OF_REQUESTS: Final = (
    "information_request_papers",
    "information_request_steps",
    "information_requests",
)
NAME: Final = "Q. Requester"


def a_request(**said: Any) -> EnterInformationRequest:
    """Say what was asked for; without more, a subject access request of 12 January 2026."""
    told = {
        "kind": SAR,
        "source": RequestSource.LETTER,
        "received_on": RECEIVED,
        "requester": NAME,
        "contact": "12 Example Street",
        "wanted": "Everything that was written of me.",
    }
    return EnterInformationRequest(**(told | said))


def a_route(**said: Any) -> RouteInformationRequest:
    """Say who holds it; without more, the police."""
    told = {
        "holder": InformationHolder.POLICE,
        "passed_on": RECEIVED,
        "grounds": "The report is theirs.",
    }
    return RouteInformationRequest(**(told | said))


def a_closing(**said: Any) -> CloseInformationRequest:
    told = {"outcome": RequestOutcome.WITHDRAWN, "ended_on": RECEIVED, "proof": "Their letter."}
    return CloseInformationRequest(**(told | said))


def entered(world: World, when: str = "2026-02-02", **said: Any) -> UUID:
    """Enter a request as the manager, and return its id."""
    with world.act(MANAGER, when, once=uuid4()) as work:
        return enter_request(work, a_request(**said)).id


def _paper(work: UnitOfWork, request_id: UUID) -> InformationRequestPaper:
    """Keep a paper of a few bytes: the real ones are made in the tests of the reply."""
    paper = InformationRequestPaper(
        tenant_id=work.actor.partnership_id,
        request_id=request_id,
        case_id=get_information_request(work.session, request_id).case_id,
        version=1,
        sha256=hashlib.sha256(b"x").hexdigest(),
        content=b"x",
        added_by=work.actor.person_id,
        added_at=work.now,
    )
    work.session.add(paper)
    work.session.flush()
    return paper


def with_requests(world: World, case: Case | None = None, when: str = "2026-12-01") -> UUID:
    """Put on record an open request with a step, about the case if given, and a closed one."""
    reference = case.reference if case is not None else None
    request = entered(world, when, case=reference)
    asked = AskRequester(
        asked=AskedOfRequester.IDENTITY, asked_on=RECEIVED, because="The signature is unknown."
    )
    with world.act(MANAGER, when, once=uuid4()) as work:
        ask_requester(work, request, asked)
        paper = _paper(work, request)
        note_row(work, RequestEvent.PAPER_MADE, paper, paper.case_id)
    ended = entered(world, when)
    with world.act(MANAGER, when, once=uuid4()) as work:
        close_request(work, ended, a_closing())
    return request
