"""How a browser is let in: under a new session id, in place of whoever was signed in with it."""

from typing import Final
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.browser_sessions import (
    account_behind,
    sign_out,
    tell_of_new_browser,
)
from services.casework.accounts.sign_in import CameIn, NextStep
from services.web.app_state import site_of
from services.web.cookies import (
    ENTERING,
    SESSION,
    delete_cookie,
    known_browser,
    read_cookie,
    remember_browser,
    set_cookie,
)
from services.web.owners_told import tell_owners_after

SECOND: Final = "/sign-in/second"
SET_UP: Final = "/sign-in/set-up"


def go_on(request: Request, came: CameIn, onward: str) -> Response:
    """Let the person in, or have them show or set up a second factor first."""
    if came.next_step is None:
        return tell_owners_after(let_in(request, came.carried, onward), request)
    step = SECOND if came.next_step is NextStep.SHOW else SET_UP
    response = RedirectResponse(f"{step}?next={quote(onward)}", status_code=303)
    set_cookie(request, response, ENTERING, came.carried)
    return response


def let_in(request: Request, carried: str, onward: str) -> Response:
    """Let the browser carry the new session, and go on to a page of ours.

    The owner is told of a browser that is new to them; in a demonstration everybody shares one.
    """
    site = site_of(request)
    if before := read_cookie(request, SESSION):
        sign_out(site.sign_in_engine, before)
    account = account_behind(site.sign_in_engine, carried)
    if not known_browser(request, account) and not site.is_demonstration:
        tell_of_new_browser(site.sign_in_engine, carried)
    response = RedirectResponse(onward, status_code=303)
    set_cookie(request, response, SESSION, carried)
    delete_cookie(request, response, ENTERING)
    remember_browser(request, response, account)
    return response
