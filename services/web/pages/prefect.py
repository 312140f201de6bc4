"""Prefect's own pages for operators, behind Keyline's sign-in; Prefect's login stays in here.

What may be opened, asked and changed is decided in `services/casework/operations/prefect_pages.py`.
Its pages hold no connection open (no WebSocket), so requests are all there is to pass on.
"""

from typing import Annotated, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse, StreamingResponse

from services.casework.operations.prefect_pages import (
    PrefectQuestion,
    let_prefect_be_asked,
    open_prefect_page,
)
from services.domain.errors import Unavailable
from services.domain.roles import Permission
from services.orchestration.prefect_relay import (
    SCREEN,
    SERVED_AT,
    PrefectRelay,
    Relayed,
    RelayedQuestion,
)
from services.web.app_state import site_of
from services.web.asked_input import AskedBody
from services.web.dependencies import Transactions, requires_for_each, requires_for_questions

router = APIRouter(prefix=SERVED_AT)

Watching = Annotated[Transactions, requires_for_each(Permission.WATCH_FLOWS)]
Asking = Annotated[Transactions, requires_for_questions(Permission.WATCH_FLOWS)]
# Those that only ever change something are taken in as well, to be refused on record.
METHODS: Final = ["GET", "POST", "PUT", "PATCH", "DELETE"]


@router.get("")
def enter(transaction: Watching) -> Response:
    """Lead to the list of flow runs."""
    with transaction():
        return RedirectResponse(f"{SCREEN}/runs", status_code=303)


@router.get("/ui-settings")
def page_settings(request: Request, transaction: Watching) -> Response:
    """Tell Prefect's pages whom to ask: Keyline, without a password."""
    with transaction():
        relay = _relay(request)
    return JSONResponse(relay.page_settings())


@router.api_route("/api/{asked:path}", methods=METHODS)
def ask(asked: str, request: Request, transaction: Asking, body: AskedBody) -> Response:
    """Pass on what Prefect's pages ask its server, if it may be asked."""
    question = PrefectQuestion(request.method, asked, body)
    with transaction() as work:
        let_prefect_be_asked(work.actor, site_of(request).neighbours, question)
    return _passed_back(_relay(request).api(_relayed(request, asked, body)))


@router.get("/{asked:path}")
def open_page(asked: str, request: Request, transaction: Watching) -> Response:
    """Pass on one of Prefect's pages, or a file of them, and record who opened a page."""
    with transaction() as work:
        open_prefect_page(work.actor, site_of(request).neighbours, asked)
    return _passed_back(_relay(request).page(_relayed(request, asked)))


def _relay(request: Request) -> PrefectRelay:
    relay = site_of(request).prefect_relay
    if relay is None:
        raise Unavailable("No Prefect server is set for this installation (PREFECT_API_URL).")
    return relay


def _relayed(request: Request, asked: str, body: bytes = b"") -> RelayedQuestion:
    return RelayedQuestion(request.method, asked, request.url.query, request.headers, body)


def _passed_back(found: Relayed) -> Response:
    return StreamingResponse(found.pieces, found.status, dict(found.headers))
