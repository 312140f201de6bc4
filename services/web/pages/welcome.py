"""Where somebody who is new begins, and whom anybody asks for help."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.accounts.who_is import SignedIn
from services.domain.short_forms import SHORT_FORMS
from services.web.dependencies import acting_in, open_to_anyone, open_to_signed_in
from services.web.rendering import page
from services.web.welcome import FIRST_THINGS

router = APIRouter()
Anyone = Annotated[SignedIn | None, open_to_anyone("who cannot sign in needs help most")]
AnyoneIn = Annotated[SignedIn | None, open_to_signed_in("says what each role does, and no more")]


@router.get("/welcome")
def welcome(request: Request, known: AnyoneIn) -> Response:
    """Show the first three things of the role in which the person acts."""
    held = acting_in(known)
    things = FIRST_THINGS.get(held.role, ())
    return page(request, "pages/welcome.html", held=held, things=things)


@router.get("/help")
def show_help(request: Request, _known: Anyone) -> Response:
    """Show whom to ask, how they are reached, and what short forms stand for."""
    return page(request, "pages/help.html", short_forms=SHORT_FORMS)
