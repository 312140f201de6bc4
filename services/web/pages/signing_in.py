"""Pages to sign in and out, and to choose the role in which to act."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts import SignedIn, SignIn, TooManyTries, choose_role, sign_in
from services.casework.accounts import sign_out as end_session
from services.domain.errors import AnswerRefused, NotFound
from services.domain.working_days import london_date
from services.web.addresses import page_here
from services.web.app_state import site_of
from services.web.cookies import (
    SESSION,
    VISITOR,
    delete_cookie,
    ensure_visitor,
    read_cookie,
    set_cookie,
)
from services.web.dependencies import open_to_anyone, open_to_signed_in
from services.web.errors import status_of
from services.web.form_input import PostedForm
from services.web.forms.fields import questions
from services.web.forms.parsing import Problem, read
from services.web.forms.rendering import show
from services.web.forms.validation import understand
from services.web.path_ids import id_in
from services.web.posted_form import Posted
from services.web.rendering import page

router = APIRouter()

Anyone = Annotated[SignedIn | None, open_to_anyone("this is how people sign in")]
SignedInPerson = Annotated[SignedIn | None, open_to_signed_in("a person's own session and roles")]
ASKED = questions(SignIn)


@router.get("/sign-in")
def ask(request: Request, _known: Anyone) -> Response:
    """Show the form to sign in."""
    return _shown(request, Posted(), [], 200)


@router.post("/sign-in")
def enter(request: Request, _known: Anyone, posted: PostedForm) -> Response:
    """Sign the person in under a new session id, or say that it is not right."""
    answers = read(ASKED, _without_next(posted), {})
    words = understand(SignIn, ASKED, answers)
    if isinstance(words, list):
        return _shown(request, posted, words, 422)
    address = request.client.host if request.client else ""
    try:
        session_cookie = sign_in(site_of(request).sign_in_engine, words, address)
    except (AnswerRefused, TooManyTries) as error:
        return _shown(request, posted, [Problem("email", str(error))], status_of(error))
    response = RedirectResponse(page_here(posted.one("next")), status_code=303)
    set_cookie(request, response, SESSION, session_cookie)
    delete_cookie(request, response, VISITOR)
    return response


@router.get("/roles")
def offer_roles(request: Request, _known: SignedInPerson) -> Response:
    """Show the roles that the person holds today."""
    return page(request, "pages/roles.html")


@router.post("/roles")
def take_role(request: Request, _known: SignedInPerson, posted: PostedForm) -> Response:
    """Act in another role from now on, under a new session id."""
    site = site_of(request)
    chosen = posted.one("membership")
    if not chosen:
        problem = Problem("membership", "Select the role in which you want to act")
        return page(request, "pages/roles.html", 422, problems=[problem])
    today = london_date(site.neighbours.now())
    session_cookie = choose_role(
        site.sign_in_engine, read_cookie(request, SESSION), id_in(chosen), today
    )
    response = RedirectResponse("/", status_code=303)
    set_cookie(request, response, SESSION, session_cookie)
    return response


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


def _shown(request: Request, posted: Posted, problems: list[Problem], status: int) -> Response:
    visitor = ensure_visitor(request)
    form = show(ASKED, {}, posted, problems)
    wanted = posted.one("next") or request.query_params.get("next", "")
    context = {"form": form, "next": page_here(wanted), "is_demonstration": False}
    context["is_demonstration"] = site_of(request).is_demonstration
    response = page(request, "pages/sign_in.html", status, **context)
    set_cookie(request, response, VISITOR, visitor)
    return response


def _without_next(posted: Posted) -> Posted:
    return Posted({name: value for name, value in posted.answers.items() if name != "next"})
