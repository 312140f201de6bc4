"""The addresses by which an organisation signs people in: there, back, again, and signed out.

A browser goes there by a link and not by a form, which the content policy keeps on this site. What
comes back is the one page to read that begins a session: the protocol has no other.
"""

from typing import Annotated, Final
from urllib.parse import parse_qs, quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from services.casework.accounts import organisation_door as errands
from services.casework.accounts.organisation_sign_in import enter, sign_in_by
from services.casework.accounts.organisation_sign_out import take_logout
from services.casework.accounts.sign_in_tries import TooManyTries
from services.casework.accounts.who_is import SignedIn
from services.casework.people.by_organisation import bind_invited
from services.domain.errors import Unavailable
from services.domain.vouching import NotVouched
from services.domain.working_days import london_date
from services.identity import session_ids
from services.identity.openid import ProviderRefused
from services.web import organisation_errands as web
from services.web.app_state import site_of
from services.web.cookies import SESSION, delete_cookie, read_cookie, set_cookie
from services.web.dependencies import open_to_anyone, open_to_providers, open_to_signed_in
from services.web.visits import visit_of

router = APIRouter()

Anyone = Annotated[SignedIn | None, open_to_anyone("this is how organisations sign people in")]
SignedInPerson = Annotated[SignedIn | None, open_to_signed_in("proves again that it is they")]
Provider = Annotated[None, open_to_providers("a provider's signed word that a session ended")]
NEVER_KEPT: Final = {"cache-control": "no-store"}


@router.get("/sign-in/oidc/{provider}")
def go_there(request: Request, _known: Anyone, provider: str) -> Response:
    """Send the person to their organisation to be signed in."""
    return web.go(request, errands.Errand(provider, errands.SIGN_IN, web.page_wanted(request)))


@router.get("/sign-in/oidc/{provider}/afresh")
def go_afresh(request: Request, _known: Anyone, provider: str) -> Response:
    """Send the person there to prove who they are, signed in there or not."""
    return web.go(request, errands.Errand(provider, errands.AFRESH, web.page_wanted(request)))


@router.get("/sign-in/oidc/{provider}/again")
def go_again(request: Request, _known: Anyone, provider: str) -> Response:
    """Have the provider vouch for the session again, without a word to the person."""
    return web.go(request, _about_session(request, provider, errands.RENEW))


@router.get("/sign-in/oidc/{provider}/step-up")
def step_up(request: Request, _known: SignedInPerson, provider: str) -> Response:
    """Have the person prove at their organisation, now, that it is still they."""
    return web.go(request, _about_session(request, provider, errands.STEP_UP))


@router.get("/sign-in/oidc/{provider}/callback")
def come_back(request: Request, known: Anyone, provider: str) -> Response:
    """Sign the person in whom the provider vouches for, or say why not."""
    around, carried = site_of(request).neighbours, read_cookie(request, SESSION)
    door, visit = web.door_of(request), visit_of(request, "")
    try:
        kept, answer = web.kept_errand(request), web.answer_of(request)
        returned = enter(door, provider, kept, answer, visit)
        if returned.errand.invitation:
            bind_invited(around, door, returned, known)
        today = london_date(around.now())
        session_cookie = sign_in_by(door, returned, carried, today, visit)
    except (NotVouched, Unavailable, TooManyTries) as error:
        return _not_signed_in(request, provider, error)
    response = RedirectResponse(returned.errand.onward, status_code=303)
    set_cookie(request, response, SESSION, session_cookie)
    delete_cookie(request, response, web.ERRAND)
    return response


async def _logout_token(request: Request) -> str:
    """Return the token that the provider posts; its body has the limits of every form's."""
    body = (await request.body()).decode("utf-8", "replace")
    return next(iter(parse_qs(body, max_num_fields=20).get("logout_token", [])), "")


@router.post("/sign-in/oidc/{provider}/logout")
def signed_out_there(
    request: Request,
    _provider: Provider,
    provider: str,
    token: Annotated[str, Depends(_logout_token)],
) -> Response:
    """End the sessions that the provider says have ended there (Back-Channel Logout 2.8)."""
    try:
        take_logout(web.door_of(request), provider, token)
    except ProviderRefused:
        told = {"error": "invalid_request"}
        return JSONResponse(told, status_code=400, headers=NEVER_KEPT)
    return Response(status_code=200, headers=NEVER_KEPT)


def _about_session(request: Request, provider: str, aim: str) -> errands.Errand:
    """Return the errand by which the session of this browser is vouched for again."""
    session = session_ids.kept(read_cookie(request, SESSION))
    return errands.Errand(provider, aim, web.page_wanted(request), session)


def _not_signed_in(
    request: Request, provider: str, error: NotVouched | Unavailable | TooManyTries
) -> Response:
    """Say why nobody was signed in; who was only asked about again signs in as if for the first."""
    errand = web.errand_of(request, provider)
    if errand.aim == errands.RENEW and isinstance(error, ProviderRefused):
        response: Response = RedirectResponse(
            f"/sign-in?next={quote(errand.onward)}", status_code=303
        )
        delete_cookie(request, response, web.ERRAND)
        return response
    return web.refused(request, errand, error)
