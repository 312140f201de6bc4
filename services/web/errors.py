"""What each kind of error looks like to a person."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, RedirectResponse
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Scope

from services.casework.accounts.sign_in_tries import TooManyTries
from services.domain.errors import (
    AnswerRefused,
    CaseworkError,
    DeclareFirst,
    NotFound,
    NotPermitted,
    PrefectUnavailable,
    RuleBroken,
    Unavailable,
)
from services.domain.plain_dates import time_of_day
from services.web.addresses import BEGUN_WORK, FIRST_PAGE, page_asked
from services.web.dependencies import ChooseRoleFirst
from services.web.form_input import CookiesRefused, NotAForm, NotOurForm
from services.web.kept_forms import FormKept, texts_to_copy
from services.web.middleware.limits import RequestTooLarge
from services.web.refusals import keep_refusal
from services.web.rendering import page

STATUS: Final[Mapping[type[Exception], int]] = {
    TooManyTries: 429,
    NotFound: 404,
    NotPermitted: 403,
    RuleBroken: 409,
    AnswerRefused: 422,
    Unavailable: 503,
    NotOurForm: 403,
    NotAForm: 415,
    RequestTooLarge: 413,
    OperationalError: 503,
    InterfaceError: 503,
    PoolTimeout: 503,
    RequestValidationError: 404,
}
TITLES: Final[Mapping[int, str]] = {
    400: "This is not an address of Keyline",
    403: "You cannot do that",
    404: "Page not found",
    405: "That cannot be done here",
    409: "That cannot be done now",
    413: "That is too large",
    415: "That could not be read",
    422: "Something has to be put right",
    429: "Too many tries",
    500: "Something went wrong",
    503: "Keyline is not available just now",
}
WORDS: Final[Mapping[int, str]] = {
    400: "Check the name of the site in the address. If it is right, ask the people who run "
    "Keyline to add it to the settings.",
    403: "This form did not come from a page you had open. Go back, open the page again and "
    "send it once more.",
    404: "If you typed the address, check that it is right. What you look for may also belong "
    "to a part of Keyline that you cannot see.",
    405: "Go back and use the buttons on the page.",
    413: "Forms may hold 1 MB, and files 30 MB together. Nothing was kept.",
    415: "Keyline could not read what was sent. Go back, open the page again and send it once "
    "more.",
    500: "Nothing that you sent was kept. Try again later.",
    503: "Nothing that you sent was kept. Try again in a few minutes.",
}

PREFECT_AWAY: Final = "Prefect is not available just now"
COOKIES_REFUSED: Final = "Your browser sent no cookie"
HOW_TO_ALLOW_COOKIES: Final = (
    "Keyline cannot take this form without its cookie. Allow cookies for this site in the settings "
    "of your browser, then open the page again. If that page had been open since before you closed "
    "your browser, it is enough to open it again."
)


def install(app: FastAPI) -> None:
    """Let the application answer every error with a page."""
    for kind in (
        CaseworkError,
        NotOurForm,
        NotAForm,
        RequestTooLarge,
        OperationalError,
        InterfaceError,
        PoolTimeout,
        RequestValidationError,
    ):
        app.add_exception_handler(kind, show)
    for refusal in (NotFound, NotPermitted):
        app.add_exception_handler(refusal, _show_refusal)
    app.add_exception_handler(DeclareFirst, _to_declaration)
    app.add_exception_handler(HTTPException, _show_plain)
    app.add_exception_handler(PrefectUnavailable, _show_prefect_away)
    app.add_exception_handler(CookiesRefused, _show_cookies_refused)
    app.add_exception_handler(ChooseRoleFirst, _to_roles)
    app.add_exception_handler(FormKept, _say_kept)


def status_of(error: Exception) -> int:
    """Return the status that says what kind of error this is."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def show(request: Request, error: Exception) -> Response:
    """Show the page of the error's kind; only our own errors speak for themselves."""
    status = status_of(error)
    speaks = isinstance(error, CaseworkError) and not isinstance(error, NotFound)
    return error_page(request, status, str(error) if speaks else WORDS[status])


def error_page(request: Request, status: int, words: str) -> Response:
    """Return the page of an error: the same bytes to everybody who meets it."""
    title = TITLES.get(status, TITLES[500])
    context = {"title": title, "words": words, "request_id": "", "typed": texts_to_copy(request)}
    if status == 500:
        context["request_id"] = getattr(request.state, "request_id", "")
    return page(request, "pages/error.html", status, **context)


def unexpected(scope: Scope) -> ASGIApp:
    """Return the page of an unexpected error: no details, and the request's id to report."""
    return error_page(Request(scope), 500, WORDS[500])


def foreign_host(scope: Scope) -> ASGIApp:
    """Return the page for a request that names another site."""
    return error_page(Request(scope), 400, WORDS[400])


def _show_refusal(request: Request, error: Exception) -> Response:
    if not isinstance(error, DeclareFirst):  # The case is theirs to open: one page comes first.
        keep_refusal(request)
    return show(request, error)


def _show_plain(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    status = status if status in WORDS else 404 if 400 <= status < 500 else 500
    return error_page(request, status, WORDS[status])


def _show_cookies_refused(request: Request, _error: Exception) -> Response:
    context = {
        "title": COOKIES_REFUSED,
        "words": HOW_TO_ALLOW_COOKIES,
        "request_id": "",
        "typed": (),
    }
    return page(request, "pages/error.html", 403, **context)


def _show_prefect_away(request: Request, error: Exception) -> Response:
    """Show operators that Prefect is away; it is Keyline that says so, and goes on."""
    context = {"title": PREFECT_AWAY, "words": str(error), "request_id": "", "typed": ()}
    return page(request, "pages/error.html", 503, **context)


def _to_declaration(request: Request, error: Exception) -> Response:
    """Have the person declare, then go on to the page they asked for; nothing posted is kept."""
    if request.method != "GET":
        return show(request, error)
    case_id, page_asked = request.path_params["case_id"], quote(request.url.path)
    return RedirectResponse(f"/cases/{case_id}/declaration?next={page_asked}", status_code=303)


def _say_kept(request: Request, kept: Exception) -> Response:
    """Tell a script when the form was kept; a person goes to what they have begun.

    Who discards what was kept goes on to the empty form.
    """
    at = kept.at if isinstance(kept, FormKept) else None
    if at is None:
        return RedirectResponse(quote(request.url.path), status_code=303)
    if request.headers.get("accept") == "text/plain":
        return PlainTextResponse(f"Draft saved at {time_of_day(at)}")
    return RedirectResponse(BEGUN_WORK, status_code=303)


def _to_roles(request: Request, _error: Exception) -> Response:
    """Have the person choose a role, then go on to the page they asked for."""
    asked = page_asked(request)
    onward = f"?next={quote(asked)}" if asked != FIRST_PAGE else ""
    return RedirectResponse(f"/roles{onward}", status_code=303)
