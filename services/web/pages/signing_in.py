"""The page to sign in."""

from typing import Annotated, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.sign_in import SignIn, sign_in
from services.casework.accounts.who_is import SignedIn, lately_vouched_for
from services.domain.errors import AnswerRefused, RuleBroken
from services.web.addresses import page_here
from services.web.app_state import site_of
from services.web.cookies import VISITOR, ensure_visitor, set_cookie
from services.web.dependencies import open_to_anyone
from services.web.entering import go_on
from services.web.errors import status_of
from services.web.form_input import PostedForm
from services.web.forms.fields import questions
from services.web.forms.parsing import Problem, read
from services.web.forms.rendering import show
from services.web.forms.validation import understand
from services.web.posted_form import Posted
from services.web.rendering import page
from services.web.visits import tell_owner_after, visit_of

router = APIRouter()

Anyone = Annotated[SignedIn | None, open_to_anyone("this is how people sign in")]
ASKED = questions(SignIn)
TOO_MANY: Final = 429


@router.get("/sign-in")
def ask(request: Request, known: Anyone) -> Response:
    """Show the form to sign in; a person who is signed in goes on to where they were going.

    Whom their organisation let in may ask for the form, to come in by what is ours as well.
    """
    asks_again = request.query_params.get("by") == "password"
    if known is not None and not (asks_again and known.is_vouched_for):
        return RedirectResponse(page_here(request.query_params.get("next", "")), status_code=303)
    return _shown(request, Posted(), [], 200)


@router.post("/sign-in")
def enter(request: Request, known: Anyone, posted: PostedForm) -> Response:
    """Sign the person in under a new session id, or say that it is not right."""
    answers = read(ASKED, _without_next(posted), {})
    words = understand(SignIn, ASKED, answers)
    if isinstance(words, list):
        return _shown(request, posted, words, 422)
    account = words.account
    visit, site = visit_of(request, account), site_of(request)
    try:
        came = sign_in(site.accounts, words, visit, lately_vouched_for(known))
    except (AnswerRefused, RuleBroken) as error:
        return _refused(request, posted, account, error)
    return go_on(request, came, page_here(posted.one("next")))


def _shown(request: Request, posted: Posted, problems: list[Problem], status: int) -> Response:
    visitor = _visitor(request)
    form = show(ASKED, {}, posted, problems)
    wanted = posted.one("next") or request.query_params.get("next", "")
    context = {"form": form, "next": page_here(wanted), "is_demonstration": False}
    context["is_demonstration"] = site_of(request).is_demonstration
    context["by_organisation"] = site_of(request).offers_organisations
    response = page(request, "pages/sign_in.html", status, **context)
    if visitor:
        set_cookie(request, response, VISITOR, visitor)
    return response


def _visitor(request: Request) -> str:
    """Return what binds the form's token for a stranger; who is signed in has their session's."""
    return "" if request.state.known is not None else ensure_visitor(request)


def _refused(
    request: Request, posted: Posted, account: str, error: AnswerRefused | RuleBroken
) -> Response:
    """Show the form again; where no more tries are taken, have the account's owner told."""
    status = status_of(error)
    response = _shown(request, posted, [Problem("email", str(error))], status)
    if status == TOO_MANY:
        tell_owner_after(response, request, account)
    return response


def _without_next(posted: Posted) -> Posted:
    return Posted({name: value for name, value in posted.answers.items() if name != "next"})
