"""Another password for who has forgotten theirs: by a one-time address in an email to its owner."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.own_passwords import (
    AskForReset,
    ChoosePassword,
    ask_for_reset,
    is_open_reset,
    reset_password,
)
from services.casework.accounts.who_is import SignedIn
from services.domain.errors import AnswerRefused, NotFound, RuleBroken
from services.web.account_forms import AccountPage, answered, shown
from services.web.app_state import site_of
from services.web.dependencies import open_to_anyone
from services.web.form_input import PostedForm
from services.web.owners_told import tell_owners_after
from services.web.visits import visit_of

router = APIRouter()

Anyone = Annotated[SignedIn | None, open_to_anyone("who has forgotten a password is not signed in")]
ASKING = AccountPage("pages/account/forgotten_password.html", AskForReset, {"is_asked": False})
RESET = AccountPage("pages/account/reset_password.html", ChoosePassword)
OVER = NotFound("This address has been used, or is older than 30 minutes. Ask for another one")
ASKED = AccountPage("pages/account/forgotten_password.html", AskForReset, {"is_asked": True})


@router.get("/forgotten-password")
def ask_address(request: Request, _known: Anyone) -> Response:
    """Ask for which account another password is wanted."""
    return shown(request, ASKING)


@router.post("/forgotten-password")
def send_address(request: Request, _known: Anyone, posted: PostedForm) -> Response:
    """Answer the same whether or not there is such an account; its owner gets an email."""
    words = answered(AskForReset, posted)
    if isinstance(words, list):
        return shown(request, ASKING, posted, words)
    visit = visit_of(request, words.account)
    try:
        ask_for_reset(site_of(request).accounts, visit)
    except RuleBroken as error:
        return shown(request, ASKING, posted, error)
    return tell_owners_after(shown(request, ASKED), request)


@router.get("/reset-password/{token}")
def ask_password(token: str, request: Request, _known: Anyone) -> Response:
    """Ask for the new password; whether the address works is told when it is posted."""
    del token
    return shown(request, RESET)


@router.post("/reset-password/{token}")
def choose_password(token: str, request: Request, _known: Anyone, posted: PostedForm) -> Response:
    """Choose the new password, and go on to sign in with it."""
    door, words = site_of(request).accounts, answered(ChoosePassword, posted)
    if not is_open_reset(door, token):
        return shown(request, RESET, problem=OVER)
    if isinstance(words, list):
        return shown(request, RESET, problem=words)
    try:
        reset_password(door, token, words)
    except AnswerRefused as error:
        return shown(request, RESET, problem=error)
    return tell_owners_after(RedirectResponse("/sign-in", status_code=303), request)
