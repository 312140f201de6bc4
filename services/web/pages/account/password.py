"""Changing one's own password."""

from typing import Annotated, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.own_passwords import ChangePassword, change_password
from services.casework.accounts.who_is import SignedIn
from services.domain.errors import AnswerRefused, RuleBroken
from services.web.account_forms import AccountPage, answered, shown
from services.web.app_state import site_of
from services.web.cookies import SESSION, read_cookie, set_cookie
from services.web.dependencies import known_to_be_in, open_to_signed_in
from services.web.form_input import PostedForm
from services.web.owners_told import tell_owners_after
from services.web.visits import visit_of

router = APIRouter(prefix="/account/password")

Owner = Annotated[SignedIn | None, open_to_signed_in("a person's own password")]
PAGE: Final = AccountPage("pages/account/password.html", ChangePassword)


@router.get("")
def ask_passwords(request: Request, _known: Owner) -> Response:
    """Ask for the password now and the new one."""
    return shown(request, PAGE)


@router.post("")
def change(request: Request, known: Owner, posted: PostedForm) -> Response:
    """Change the password; the person's other sessions end."""
    words, person = answered(ChangePassword, posted), known_to_be_in(known)
    if isinstance(words, list):
        return shown(request, PAGE, problem=words)
    door, carried = site_of(request).accounts, read_cookie(request, SESSION)
    visit = visit_of(request, str(person.person_id))
    try:
        renewed = change_password(door, person.person_id, carried, words, visit)
    except (AnswerRefused, RuleBroken) as error:
        return shown(request, PAGE, problem=error)
    response = RedirectResponse("/account", status_code=303)
    set_cookie(request, response, SESSION, renewed)
    return tell_owners_after(response, request)
