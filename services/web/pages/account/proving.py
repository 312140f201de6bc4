"""Showing again that it is you: a second factor, or the password where there is none.

Who signed in with their organisation is led there, and comes back to where they were going.
"""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import Field

from services.casework.accounts.browser_sessions import account_behind
from services.casework.accounts.proving import proof_asked, prove_again
from services.casework.accounts.second_factors import FactorShown, ask_for_passkey
from services.casework.accounts.who_is import SignedIn
from services.casework.commands import Command, ShortText
from services.domain.errors import AnswerRefused, RuleBroken
from services.identity import session_ids
from services.identity.passwords import LONGEST
from services.web.account_forms import KEPT, PROVE, AccountPage, answered, shown
from services.web.addresses import page_here
from services.web.app_state import site_of
from services.web.cookies import SESSION, known_browser, read_cookie, set_cookie
from services.web.dependencies import known_to_be_in, open_to_signed_in
from services.web.form_input import PostedForm
from services.web.owners_told import tell_owners_after

router = APIRouter(prefix=PROVE)

Owner = Annotated[SignedIn | None, open_to_signed_in("a person shows that it is them")]


class ShowAgain(Command):
    """What shows again that it is you."""

    code: ShortText | None = Field(
        default=None, title="Code", description="The six digits that your app shows now"
    )
    password: str | None = Field(default=None, title="Your password", max_length=LONGEST)


@router.get("")
def ask_proof(request: Request, known: Owner) -> Response:
    """Ask for the second factor or the password, or lead to the organisation that knows them."""
    told = request.query_params
    return shown(request, _page(request, known, told.get("next", ""), told.get(KEPT, "")))


@router.post("")
def take_proof(request: Request, known: Owner, posted: PostedForm) -> Response:
    """Keep that the person has shown it, and go on to where they were going."""
    person, onward = known_to_be_in(known), page_here(posted.one("next"))
    asked = _page(request, known, onward, posted.one(KEPT))
    words = answered(ShowAgain, posted)
    if isinstance(words, list):
        return shown(request, asked, problem=words)
    door, carried = site_of(request).accounts, read_cookie(request, SESSION)
    browser = known_browser(request, account_behind(door.engine, carried))
    given = FactorShown(words.code or "", posted.one("passkey"), browser)
    try:
        renewed = prove_again(door, person, carried, given, words.password or "")
    except (AnswerRefused, RuleBroken) as error:
        return tell_owners_after(shown(request, asked, problem=error), request)
    response = RedirectResponse(onward, status_code=303)
    set_cookie(request, response, SESSION, renewed)
    return response


@router.post("/passkey")
def ask_passkey(request: Request, known: Owner, _posted: PostedForm) -> Response:
    """Tell a script what the person's passkey is to sign."""
    door, holder = site_of(request).accounts, session_ids.kept(read_cookie(request, SESSION))
    options = ask_for_passkey(door, known_to_be_in(known).person_id, holder)
    return JSONResponse(content={"options": options})


def _page(request: Request, known: SignedIn | None, onward: str, kept: str) -> AccountPage:
    asked = proof_asked(site_of(request).accounts, known_to_be_in(known))
    told = {"next": page_here(onward), "asked": asked, "typed": "yes" if kept else ""}
    return AccountPage("pages/account/prove.html", ShowAgain, told)
