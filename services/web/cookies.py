"""The cookies of a browser, the person who is signed in with it, and its CSRF token."""

import hmac
from typing import Annotated, Final

from fastapi import Depends, Request, Response

from services.casework.accounts import SignedIn, who_is
from services.domain.working_days import london_date
from services.identity import session_ids
from services.web.app_state import site_of

SESSION: Final = "keyline-session"
VISITOR: Final = "keyline-visitor"
LONGEST_VALUE: Final = 128


def csrf_token(secret: str, form_secret: str) -> str:
    """Return the CSRF token of every form of this session; it ends with the session.

    It is a MAC, so only the installation can make one, and it does not tell the form secret.
    """
    return hmac.digest(secret.encode(), b"csrf:" + form_secret.encode(), "sha256").hex()


def current_person(request: Request) -> SignedIn | None:
    """Return who is signed in with this browser, read again at every request."""
    site = site_of(request)
    session_cookie = read_cookie(request, SESSION)
    today = london_date(site.neighbours.now())
    known = who_is(site.sign_in_engine, session_cookie, today) if session_cookie else None
    form_secret = known.form_secret if known else read_cookie(request, VISITOR)
    request.state.known = known
    request.state.csrf = csrf_token(site.secret, form_secret) if form_secret else ""
    return known


CurrentPerson = Annotated[SignedIn | None, Depends(current_person)]


def read_cookie(request: Request, name: str) -> str:
    """Return the value of our cookie of that name; empty if it cannot be one of ours."""
    value = request.cookies.get(_named(request, name), "")
    is_ours = value.isascii() and value.replace("-", "").replace("_", "").isalnum()
    return value if is_ours and len(value) <= LONGEST_VALUE else ""


def set_cookie(request: Request, response: Response, name: str, value: str) -> None:
    """Set our cookie of that name for as long as the browser is open."""
    response.set_cookie(
        _named(request, name),
        value,
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


def ensure_visitor(request: Request) -> str:
    """Return the anonymous cookie that binds the sign-in form's CSRF token, made if missing."""
    form_secret = read_cookie(request, VISITOR) or session_ids.new()
    request.state.csrf = csrf_token(site_of(request).secret, form_secret)
    return form_secret


def _named(request: Request, name: str) -> str:
    return f"__Host-{name}" if site_of(request).is_secure else name
