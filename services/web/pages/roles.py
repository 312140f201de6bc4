"""The page on which a person chooses the role in which to act."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.browser_sessions import choose_role
from services.casework.accounts.who_is import SignedIn
from services.domain.working_days import london_date
from services.web.addresses import page_here
from services.web.app_state import site_of
from services.web.cookies import SESSION, read_cookie, set_cookie
from services.web.dependencies import open_to_signed_in
from services.web.form_input import PostedForm
from services.web.forms.parsing import Problem
from services.web.path_ids import id_in
from services.web.posted_form import Posted
from services.web.rendering import page

router = APIRouter()

SignedInPerson = Annotated[SignedIn | None, open_to_signed_in("a person's own session and roles")]


@router.get("/roles")
def offer_roles(request: Request, _known: SignedInPerson) -> Response:
    """Show the roles that the person holds today."""
    return _shown(request, Posted(), [])


@router.post("/roles")
def take_role(request: Request, _known: SignedInPerson, posted: PostedForm) -> Response:
    """Act in another role from now on, under a new session id."""
    site = site_of(request)
    chosen = posted.only("membership")
    if not chosen:
        problem = Problem("membership", "Select the role in which you want to act")
        return _shown(request, posted, [problem])
    today = london_date(site.neighbours.now())
    session_cookie = choose_role(
        site.sign_in_engine, read_cookie(request, SESSION), id_in(chosen), today
    )
    response = RedirectResponse(page_here(posted.one("next")), status_code=303)
    set_cookie(request, response, SESSION, session_cookie)
    return response


def _shown(request: Request, posted: Posted, problems: list[Problem]) -> Response:
    onward = page_here(posted.one("next") or request.query_params.get("next", ""))
    status = 422 if problems else 200
    return page(request, "pages/roles.html", status, problems=problems, onward=onward)
