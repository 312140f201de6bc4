"""One's own second factors: an app added, passkeys added and removed, recovery codes made anew."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from services.casework.accounts.own_factors import (
    MadePasskey,
    add_app,
    add_passkey,
    new_recovery_codes,
    offer_app,
    offer_passkey,
    remove_app,
    remove_passkey,
)
from services.casework.accounts.who_is import SignedIn
from services.domain.errors import AnswerRefused
from services.identity import session_ids
from services.web.account_forms import ACCOUNT, AccountPage, answered, lately_proved, shown
from services.web.addresses import page_here
from services.web.app_state import site_of
from services.web.cookies import SESSION, read_cookie
from services.web.dependencies import open_to_signed_in
from services.web.form_input import PostedForm
from services.web.owners_told import tell_owners_after
from services.web.pages.set_up import FirstCode
from services.web.path_ids import id_in
from services.web.qr import qr_picture
from services.web.rendering import page
from services.web.visits import device_of

router = APIRouter(prefix=ACCOUNT)

Owner = Annotated[SignedIn | None, open_to_signed_in("a person's own second factors")]


@router.get("/app")
def ask_app(request: Request, known: Owner) -> Response:
    """Show the secret for an app, as a picture and as text."""
    return _app_page(request, lately_proved(known), "")


@router.post("/app")
def set_app(request: Request, known: Owner, posted: PostedForm) -> Response:
    """Add the app whose code was given, in place of an earlier one."""
    person, offered = lately_proved(known), posted.one("offered")
    words = answered(FirstCode, posted)
    if isinstance(words, list):
        return _app_page(request, person, offered, words)
    try:
        add_app(site_of(request).accounts, person.person_id, offered, words.code)
    except AnswerRefused as error:
        return _app_page(request, person, offered, error)
    return _back(request)


@router.post("/app/remove")
def take_app_away(request: Request, known: Owner, _posted: PostedForm) -> Response:
    """Remove the app."""
    remove_app(site_of(request).accounts, lately_proved(known).person_id)
    return _back(request)


@router.post("/passkeys/ask")
def ask_passkey(request: Request, known: Owner, _posted: PostedForm) -> Response:
    """Tell a script what the browser is to make."""
    holder = session_ids.kept(read_cookie(request, SESSION))
    options = offer_passkey(site_of(request).accounts, lately_proved(known).person_id, holder)
    return JSONResponse(content={"options": options})


@router.post("/passkeys")
def set_passkey(request: Request, known: Owner, posted: PostedForm) -> Response:
    """Add the passkey that the browser has made."""
    person, holder = lately_proved(known), session_ids.kept(read_cookie(request, SESSION))
    made = MadePasskey(posted.one("passkey"), holder, device_of(request))
    add_passkey(site_of(request).accounts, person.person_id, made)
    return _back(request)


@router.post("/passkeys/remove")
def take_passkey_away(request: Request, known: Owner, posted: PostedForm) -> Response:
    """Remove one of the person's passkeys."""
    person = lately_proved(known)
    remove_passkey(site_of(request).accounts, person.person_id, id_in(posted.only("which")))
    return _back(request)


@router.get("/recovery-codes")
def ask_codes(request: Request, known: Owner) -> Response:
    """Say what recovery codes are for, with a button that makes ten."""
    lately_proved(known)
    onward = page_here(request.query_params.get("next", ""))
    return page(request, "pages/account/recovery_codes.html", codes=(), next=onward)


@router.post("/recovery-codes")
def make_codes(request: Request, known: Owner, posted: PostedForm) -> Response:
    """Make ten codes, and show them this once."""
    codes = new_recovery_codes(site_of(request).accounts, lately_proved(known).person_id)
    onward = page_here(posted.one("next"))
    made = page(request, "pages/account/recovery_codes.html", codes=codes, next=onward)
    return tell_owners_after(made, request)


def _app_page(request: Request, person: SignedIn, sealed: str, problem: object = None) -> Response:
    offered = offer_app(site_of(request).accounts, person.person_id, sealed)
    told: dict[str, Any] = {"offered": offered, "picture": qr_picture(offered.address)}
    return shown(request, AccountPage("pages/account/app.html", FirstCode, told), None, problem)


def _back(request: Request) -> Response:
    return tell_owners_after(RedirectResponse(ACCOUNT, status_code=303), request)
