"""The first sign-in, where a second factor is demanded: one is added before anything opens."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from services.casework.accounts.first_factor import (
    FirstFactor,
    offer_first_app,
    offer_first_passkey,
    set_up_first_factor,
)
from services.casework.accounts.who_is import SignedIn
from services.casework.commands import Command, ShortText
from services.domain.errors import AnswerRefused
from services.web.account_forms import AccountPage, answered, shown
from services.web.addresses import FIRST_PAGE, page_here
from services.web.app_state import site_of
from services.web.cookies import ENTERING, read_cookie
from services.web.dependencies import open_to_anyone
from services.web.entering import let_in
from services.web.form_input import PostedForm
from services.web.owners_told import tell_owners_after
from services.web.posted_form import Posted
from services.web.qr import qr_picture
from services.web.visits import device_of

router = APIRouter(prefix="/sign-in/set-up")

Anyone = Annotated[SignedIn | None, open_to_anyone("a second factor before the first session")]
CODES = "/account/recovery-codes"


class FirstCode(Command):
    """The code that the app shows, which shows that it was set up."""

    code: ShortText = Field(title="Code", description="The six digits that the app shows now")


@router.get("")
def ask_set_up(request: Request, _known: Anyone) -> Response:
    """Show the secret for an app, as a picture and as text, and a button for a passkey."""
    return _shown(request, Posted())


@router.post("")
def set_up(request: Request, _known: Anyone, posted: PostedForm) -> Response:
    """Add what was set up, and sign the person in; recovery codes are next."""
    brought = posted.one("passkey")
    words = None if brought else answered(FirstCode, posted)
    if isinstance(words, list):
        return _shown(request, posted, words)
    factor = FirstFactor(posted.one("offered"), words.code if words else "", brought)
    door, entering = site_of(request).accounts, read_cookie(request, ENTERING)
    try:
        carried = set_up_first_factor(door, entering, factor, device_of(request))
    except AnswerRefused as error:
        return _shown(request, posted, error)
    return tell_owners_after(let_in(request, carried, _codes_then(posted.one("next"))), request)


@router.post("/passkey")
def ask_new_passkey(request: Request, _known: Anyone, _posted: PostedForm) -> Response:
    """Tell a script what the browser is to make."""
    door, entering = site_of(request).accounts, read_cookie(request, ENTERING)
    return JSONResponse(content={"options": offer_first_passkey(door, entering)})


def _codes_then(wanted: str) -> str:
    """Return the page of recovery codes, from which it goes on to where the person was going."""
    onward = page_here(wanted)
    return CODES if onward == FIRST_PAGE else f"{CODES}?next={quote(onward)}"


def _shown(request: Request, posted: Posted, problem: object = None) -> Response:
    door = site_of(request).accounts
    entering = read_cookie(request, ENTERING)
    offered = offer_first_app(door, entering, posted.one("offered"))
    told: dict[str, Any] = {"offered": offered, "picture": qr_picture(offered.address)}
    told["next"] = page_here(posted.one("next") or request.query_params.get("next", ""))
    return shown(request, AccountPage("pages/account/set_up.html", FirstCode, told), None, problem)
