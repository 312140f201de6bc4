"""The cookies of a browser, the person who is signed in with it, and its CSRF token."""

import hmac
import secrets
from typing import Annotated, Final

from fastapi import Depends, Request, Response

from services.casework.accounts.who_is import SignedIn, who_is, who_was
from services.domain.labels.own_words import speak_with
from services.domain.working_days import london_date
from services.identity import session_ids
from services.orchestration.prefect_relay import SERVED_AT
from services.web.app_state import site_of

SESSION: Final = "keyline-session"
VISITOR: Final = "keyline-visitor"
BROWSER: Final = "keyline-browser"
ENTERING: Final = "keyline-entering"  # a sign-in that was begun, and is no session
BROWSER_IS_KNOWN_FOR: Final = 90 * 24 * 3600
LONGEST_VALUE: Final = 128
# Prefect's pages ask every few seconds, whether or not anybody looks at them.
ASKED_BY_ITSELF: Final = f"{SERVED_AT}/api/"


def csrf_token(secret: str, form_secret: str) -> str:
    """Return the CSRF token of every form of this session; it ends with the session.

    It is a MAC, so only the installation can make one, and it does not tell the form secret.
    """
    return hmac.digest(secret.encode(), b"csrf:" + form_secret.encode(), "sha256").hex()


def current_person(request: Request) -> SignedIn | None:
    """Return who is signed in with this browser, read again at every request.

    The page speaks from then on in the words of the partnership in which they act (E-10).
    Raises Unavailable in a restored database until the ledger of disposals was replayed: nobody is
    signed in there before, and nobody signs in.
    """
    site = site_of(request)
    site.doors.must_be_open(site.neighbours.engine)
    session_cookie = read_cookie(request, SESSION)
    today = london_date(site.neighbours.now())
    is_used = not request.url.path.startswith(ASKED_BY_ITSELF)
    known = None
    if session_cookie:
        known = who_is(site.sign_in_engine, session_cookie, today, is_used=is_used)
    form_secret = known.form_secret if known else read_cookie(request, VISITOR)
    request.state.known = known
    if known is not None and known.acting is not None:
        speak_with(known.acting.own_words)
    request.state.csrf = csrf_token(site.secret, form_secret) if form_secret else ""
    return known


def ended_person(request: Request) -> SignedIn | None:
    """Return whose session it was that this browser carries, if it ended without being signed out.

    It opens nothing: it is only asked for whom a form that comes too late is kept.
    """
    site, session_cookie = site_of(request), read_cookie(request, SESSION)
    if not session_cookie:
        return None
    return who_was(site.sign_in_engine, session_cookie, london_date(site.neighbours.now()))


CurrentPerson = Annotated[SignedIn | None, Depends(current_person)]


def read_cookie(request: Request, name: str, longest: int = LONGEST_VALUE) -> str:
    """Return the value of our cookie of that name; empty if it cannot be one of ours."""
    value = request.cookies.get(_named(request, name), "")
    is_ours = value.isascii() and value.replace("-", "").replace("_", "").isalnum()
    return value if is_ours and len(value) <= longest else ""


def set_cookie(
    request: Request, response: Response, name: str, value: str, seconds: int | None = None
) -> None:
    """Set our cookie of that name for so long, or for as long as the browser is open."""
    response.set_cookie(
        _named(request, name),
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="lax",
        secure=site_of(request).is_secure,
    )


def delete_cookie(request: Request, response: Response, name: str) -> None:
    """Delete our cookie of that name."""
    response.delete_cookie(
        _named(request, name),
        path="/",
        httponly=True,
        samesite="lax",
        secure=site_of(request).is_secure,
    )


def known_browser(request: Request, account: str) -> str:
    """Return the id of this browser if the account's owner has signed in with it before."""
    browser, _, mark = read_cookie(request, BROWSER).partition("-")
    is_ours = hmac.compare_digest(mark, _browser_mark(request, browser, account))
    return browser if browser and is_ours else ""


def remember_browser(request: Request, response: Response, account: str) -> None:
    """Let this browser show that the account's owner has signed in with it."""
    browser = known_browser(request, account) or secrets.token_hex(16)
    value = f"{browser}-{_browser_mark(request, browser, account)}"
    set_cookie(request, response, BROWSER, value, BROWSER_IS_KNOWN_FOR)


def _browser_mark(request: Request, browser: str, account: str) -> str:
    said = f"browser:{browser}:{account}".encode()
    return hmac.digest(site_of(request).secret.encode(), said, "sha256").hex()


def ensure_visitor(request: Request) -> str:
    """Return the anonymous cookie that binds the sign-in form's CSRF token, made if missing."""
    form_secret = read_cookie(request, VISITOR) or session_ids.new()
    request.state.csrf = csrf_token(site_of(request).secret, form_secret)
    return form_secret


def _named(request: Request, name: str) -> str:
    return f"__Host-{name}" if site_of(request).is_secure else name
