"""How a browser is let in: under a new session id, in place of whoever was signed in with it."""

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.browser_sessions import sign_out
from services.web.app_state import site_of
from services.web.cookies import SESSION, read_cookie, remember_browser, set_cookie


def let_in(request: Request, account: str, carried: str, onward: str) -> Response:
    """Let the browser carry the new session, and go on to a page of ours."""
    if before := read_cookie(request, SESSION):
        sign_out(site_of(request).sign_in_engine, before)
    response = RedirectResponse(onward, status_code=303)
    set_cookie(request, response, SESSION, carried)
    remember_browser(request, response, account)
    return response
