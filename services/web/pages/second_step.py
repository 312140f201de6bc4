"""The second step of signing in: a code from an app, a passkey, or a code on paper."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import Field

from services.casework.accounts.second_factors import FactorShown, ask_for_passkey, factors_of
from services.casework.accounts.sign_in import (
    SignInOver,
    account_begun,
    begun_by,
    second_step,
)
from services.casework.accounts.who_is import SignedIn
from services.casework.commands import Command, ShortText
from services.domain.errors import AnswerRefused, RuleBroken
from services.identity import session_ids
from services.web.account_forms import AccountPage, answered, shown
from services.web.addresses import page_here
from services.web.app_state import site_of
from services.web.cookies import ENTERING, known_browser, read_cookie
from services.web.dependencies import open_to_anyone
from services.web.entering import let_in
from services.web.form_input import PostedForm
from services.web.owners_told import tell_owners_after
from services.web.visits import device_of

router = APIRouter(prefix="/sign-in")

Anyone = Annotated[SignedIn | None, open_to_anyone("the second step of signing in")]


class GiveCode(Command):
    """What shows, besides your password, that it is you."""

    code: ShortText = Field(
        title="Code",
        description="The six digits that your app shows now, or one of your recovery codes",
    )


@router.get("/second")
def ask_second(request: Request, _known: Anyone) -> Response:
    """Ask for the second factor of somebody whose password was right."""
    return shown(request, _page(request, request.query_params.get("next", "")))


@router.post("/second")
def take_second(request: Request, _known: Anyone, posted: PostedForm) -> Response:
    """Sign the person in, or say that it is not right."""
    door, onward = site_of(request).accounts, page_here(posted.one("next"))
    entering = read_cookie(request, ENTERING)
    browser = known_browser(request, account_begun(door, entering))
    given = _given(posted.one("passkey"), answered(GiveCode, posted), browser)
    if isinstance(given, list):
        return shown(request, _page(request, onward), problem=given)
    try:
        carried = second_step(door, entering, given, device_of(request))
    except SignInOver:
        return RedirectResponse("/sign-in", status_code=303)
    except (AnswerRefused, RuleBroken) as error:
        return tell_owners_after(shown(request, _page(request, onward), problem=error), request)
    return tell_owners_after(let_in(request, carried, onward), request)


@router.post("/passkey")
def ask_passkey(request: Request, _known: Anyone, _posted: PostedForm) -> Response:
    """Tell a script what the person's passkey is to sign."""
    door, entering = site_of(request).accounts, read_cookie(request, ENTERING)
    person_id = begun_by(door, entering)
    options = ask_for_passkey(door, person_id, session_ids.kept(entering))
    return JSONResponse(content={"options": options})


def _page(request: Request, onward: str) -> AccountPage:
    door = site_of(request).accounts
    factors = factors_of(door.engine, begun_by(door, read_cookie(request, ENTERING)))
    told = {"factors": factors, "next": page_here(onward)}
    return AccountPage("pages/account/second_step.html", GiveCode, told)


def _given(passkey: str, words: object, browser: str) -> FactorShown | list[object]:
    if passkey:
        return FactorShown(passkey=passkey, browser=browser)
    if isinstance(words, GiveCode):
        return FactorShown(code=words.code, browser=browser)
    return words if isinstance(words, list) else []
