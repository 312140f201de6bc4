"""A person's own account: in which browsers they are signed in, and how each of them ends."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from services.casework.accounts.browser_sessions import (
    end_other_sessions,
    end_own_session,
    own_sessions,
)
from services.casework.accounts.own_identities import own_identities
from services.casework.accounts.own_passwords import has_password
from services.casework.accounts.proving import may_change_factors
from services.casework.accounts.second_factors import factors_of
from services.casework.accounts.who_is import SignedIn
from services.web.account_forms import ACCOUNT
from services.web.app_state import site_of
from services.web.cookies import SESSION, read_cookie
from services.web.dependencies import known_to_be_in, open_to_signed_in
from services.web.form_input import PostedForm
from services.web.path_ids import id_in
from services.web.rendering import page, session_end

router = APIRouter(prefix=ACCOUNT)

Owner = Annotated[SignedIn | None, open_to_signed_in("a person's own account and sessions")]


@router.get("")
def show_account(request: Request, known: Owner) -> Response:
    """Show how the person signs in, and the browsers in which they are signed in."""
    site, person = site_of(request), known_to_be_in(known)
    carried = read_cookie(request, SESSION)
    open_now = own_sessions(site.sign_in_engine, person.person_id, carried)
    return page(
        request,
        "pages/account/overview.html",
        sessions=open_now,
        factors=factors_of(site.sign_in_engine, person.person_id),
        may_change=may_change_factors(person),
        organisations=own_identities(site.accounts, person.person_id),
        has_password=has_password(site.accounts, person.person_id),
    )


@router.post("/sessions/end")
def end_session(request: Request, known: Owner, posted: PostedForm) -> Response:
    """End one of the person's sessions, or all but this one."""
    site, person = site_of(request), known_to_be_in(known)
    if chosen := posted.only("session"):
        end_own_session(site.sign_in_engine, person.person_id, id_in(chosen))
    else:
        carried = read_cookie(request, SESSION)
        end_other_sessions(site.sign_in_engine, person.person_id, carried)
    return RedirectResponse(ACCOUNT, status_code=303)


@router.post("/stay")
def stay(request: Request, _known: Owner, _posted: PostedForm) -> Response:
    """Go on with the session: asking for it is use; a script is told how long it lasts now."""
    if request.headers.get("accept", "").startswith("text/html"):
        return RedirectResponse(ACCOUNT, status_code=303)
    ends = session_end(request)
    return JSONResponse({"seconds": ends.seconds if ends is not None else 0})
