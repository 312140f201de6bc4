"""Which browser is this: what it carries, who is signed in with it, its form token."""

from typing import Annotated, Final, cast

from fastapi import Depends, Request, Response
from wtforms import Form
from wtforms.csrf.core import CSRFTokenField
from wtforms.csrf.session import SessionCSRF

from services.casework.accounts import SignedIn, who_is
from services.domain.working_days import london_date
from services.identity import session_ids
from services.web.app_state import site_of

SESSION: Final = "keyline-session"
VISITOR: Final = "keyline-visitor"
LONGEST_CARRIED: Final = 128


class _Token(Form):
    class Meta:
        csrf = True
        csrf_class = SessionCSRF
        csrf_field_name = "csrf"
        csrf_time_limit = None  # The session's own end is the token's.


def token_for(secret: str, form_secret: str) -> str:
    """Return the token that every form of this session carries."""
    meta = {"csrf_secret": secret.encode(), "csrf_context": {"csrf": form_secret}}
    return str(cast(CSRFTokenField, _Token(meta=meta)["csrf"]).current_token)


def signed_in(request: Request) -> SignedIn | None:
    """Return who is signed in with this browser, read again at every request."""
    site = site_of(request)
    carried = carries(request, SESSION)
    today = london_date(site.neighbours.now())
    known = who_is(site.neighbours.engine, carried, today) if carried else None
    form_secret = known.form_secret if known else carries(request, VISITOR)
    request.state.known = known
    request.state.csrf = token_for(site.secret, form_secret) if form_secret else ""
    return known


Whoever = Annotated[SignedIn | None, Depends(signed_in)]


def carries(request: Request, name: str) -> str:
    """Return what the browser carries under the name, if it could be one of ours."""
    value = request.cookies.get(_named(request, name), "")
    is_ours = value.isascii() and value.replace("-", "").replace("_", "").isalnum()
    return value if is_ours and len(value) <= LONGEST_CARRIED else ""


def give(request: Request, response: Response, name: str, value: str) -> None:
    """Have the browser carry the value until it is closed or told otherwise."""
    response.set_cookie(
        _named(request, name),
        value,
        path="/",
        httponly=True,
        samesite="lax",
        secure=site_of(request).is_secure,
    )


def take_back(request: Request, response: Response, name: str) -> None:
    """Have the browser forget what it carries under the name."""
    response.delete_cookie(
        _named(request, name),
        path="/",
        httponly=True,
        samesite="lax",
        secure=site_of(request).is_secure,
    )


def greet(request: Request) -> str:
    """Give a stranger something to bind a form to, and return it; it names nobody."""
    form_secret = carries(request, VISITOR) or session_ids.new()
    request.state.csrf = token_for(site_of(request).secret, form_secret)
    return form_secret


def _named(request: Request, name: str) -> str:
    return f"__Host-{name}" if site_of(request).is_secure else name
