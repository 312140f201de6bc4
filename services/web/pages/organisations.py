"""The page on which a person says with which organisation they sign in."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.organisations import (
    FindOrganisation,
    domain_offered,
    offered_for,
)
from services.casework.accounts.who_is import SignedIn
from services.domain.errors import AnswerRefused, NotFound
from services.web.addresses import page_here
from services.web.app_state import site_of
from services.web.cookies import VISITOR, ensure_visitor, set_cookie
from services.web.dependencies import open_to_anyone
from services.web.form_input import PostedForm
from services.web.forms.fields import questions
from services.web.forms.parsing import Problem, read
from services.web.forms.rendering import show
from services.web.forms.validation import understand
from services.web.organisation_errands import page_wanted
from services.web.posted_form import Posted
from services.web.rendering import page

router = APIRouter()

Anyone = Annotated[SignedIn | None, open_to_anyone("this is how people find their organisation")]
ASKED = questions(FindOrganisation)


@router.get("/sign-in/organisation")
def ask_organisation(request: Request, _known: Anyone) -> Response:
    """Ask for the address by which the person's organisation is found."""
    return _asked(request, Posted(), [], 200)


@router.post("/sign-in/organisation")
def find_organisation(request: Request, _known: Anyone, posted: PostedForm) -> Response:
    """Go on to the organisations with this domain; the address itself goes no further."""
    answers = {name: said for name, said in posted.answers.items() if name != "next"}
    found = understand(FindOrganisation, ASKED, read(ASKED, Posted(answers), {}))
    if isinstance(found, list):
        return _asked(request, posted, found, 422)
    try:
        domain = domain_offered(site_of(request).sign_in_engine, found)
    except AnswerRefused as refused:
        return _asked(request, posted, [Problem("email", str(refused))], 422)
    onward = f"?next={quote(page_here(posted.one('next')))}"
    return RedirectResponse(f"/sign-in/organisation/{quote(domain)}{onward}", status_code=303)


@router.get("/sign-in/organisation/{domain}")
def offer_organisation(request: Request, _known: Anyone, domain: str) -> Response:
    """Show who signs in people with this domain, each as a link."""
    offered = offered_for(site_of(request).sign_in_engine, domain)
    if not offered:
        raise NotFound("No organisation has this domain.")
    wanted = page_wanted(request)
    return page(request, "pages/organisations_offered.html", offered=offered, next=wanted)


def _asked(request: Request, posted: Posted, problems: list[Problem], status: int) -> Response:
    visitor = ensure_visitor(request) if request.state.known is None else ""
    wanted = posted.one("next") or request.query_params.get("next", "")
    form = show(ASKED, {}, posted, problems)
    context = {"form": form, "next": page_here(wanted)}
    response = page(request, "pages/organisation.html", status, **context)
    if visitor:
        set_cookie(request, response, VISITOR, visitor)
    return response
