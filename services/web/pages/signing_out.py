"""Signing out: a button on every page."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.browser_sessions import sign_out as end_session
from services.casework.accounts.who_is import SignedIn
from services.domain.errors import NotFound
from services.web.app_state import site_of
from services.web.cookies import SESSION, delete_cookie, read_cookie
from services.web.dependencies import open_to_anyone
from services.web.form_input import PostedForm

router = APIRouter()

Anyone = Annotated[SignedIn | None, open_to_anyone("this is how people sign out")]


@router.post("/sign-out")
def sign_out(request: Request, known: Anyone, _posted: PostedForm) -> Response:
    """End the session, here and in the record."""
    if known is None:
        raise NotFound("No one is signed in.")
    end_session(site_of(request).sign_in_engine, read_cookie(request, SESSION))
    response = RedirectResponse("/sign-in", status_code=303)
    delete_cookie(request, response, SESSION)
    response.headers["clear-site-data"] = '"cache", "storage"'
    return response
