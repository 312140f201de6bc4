"""How a browser is sent to a person's organisation, and what it keeps until it comes back."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.organisation_door import (
    STEP_UP,
    Errand,
    OrganisationDoor,
    errand_in,
    provider_now,
    send,
)
from services.casework.accounts.organisation_sign_in import provider_to_ask_again
from services.casework.accounts.sign_in_tries import TooManyTries
from services.domain.errors import CaseworkError
from services.domain.vouching import NotStrongEnough, NotVouched, TooLongAgo
from services.identity.openid import ProviderRefused, ProviderUnavailable
from services.identity.sealing import PROVIDERS, InstallationKey
from services.web.addresses import FIRST_PAGE, page_here
from services.web.app_state import site_of
from services.web.cookies import SESSION, delete_cookie, read_cookie, set_cookie
from services.web.errors import status_of
from services.web.rendering import page

ERRAND: Final = "keyline-errand"
LONGEST_KEPT: Final = 3_500
LONGEST_PAGE: Final = 500
NOT_NOW: Final = "You cannot be signed in just now"
REFUSED: Final[Mapping[type[CaseworkError], str]] = {
    NotStrongEnough: "A second factor is needed",
    TooLongAgo: "Sign in at your organisation again",
    ProviderUnavailable: "Your organisation's sign-in does not answer",
    ProviderRefused: "You were not signed in",
    NotVouched: "You were not signed in",
    TooManyTries: "Too many tries",
}


def door_of(request: Request) -> OrganisationDoor:
    """Return the door by which organisations sign people in."""
    site = site_of(request)
    return OrganisationDoor(
        engine=site.sign_in_engine,
        providers=site.providers,
        key=InstallationKey(site.secret, PROVIDERS),
        base_url=site.neighbours.base_url,
    )


def way_in(request: Request) -> str:
    """Return where somebody signs in whose session ended.

    Where only its provider is to vouch for it again, that is asked without a word to the person.
    """
    provider = provider_to_ask_again(door_of(request), read_cookie(request, SESSION))
    return f"/sign-in/oidc/{provider}/again" if provider else "/sign-in"


def page_wanted(request: Request) -> str:
    """Return the page of ours to which the person goes afterwards."""
    wanted = page_here(request.query_params.get("next", ""))
    return wanted if len(wanted) <= LONGEST_PAGE else FIRST_PAGE


def go(request: Request, errand: Errand) -> Response:
    """Send the browser to the provider, or say that it does not answer."""
    try:
        sent = send(door_of(request), errand)
    except ProviderUnavailable as away:
        return refused(request, errand, away)
    response = RedirectResponse(sent.address, status_code=303)
    set_cookie(request, response, ERRAND, sent.kept)
    return response


def show_way(request: Request, errand: Errand) -> Response:
    """Show the way to the provider as a link: no browser follows a posted form to another site."""
    door = door_of(request)
    try:
        sent = send(door, errand)
    except ProviderUnavailable as away:
        return refused(request, errand, away)
    named = provider_now(door.engine, errand.provider)[0].name
    response = page(request, "pages/organisation_way.html", address=sent.address, named=named)
    set_cookie(request, response, ERRAND, sent.kept)
    return response


def kept_errand(request: Request) -> str:
    """Return what this browser keeps, sealed, of the errand on which it was sent."""
    return read_cookie(request, ERRAND, LONGEST_KEPT)


def errand_of(request: Request, provider: str) -> Errand:
    """Return the errand on which this browser was sent, or else a plain sign-in."""
    kept = errand_in(door_of(request), provider, kept_errand(request))
    return kept or Errand(provider)


def answer_of(request: Request) -> dict[str, str]:
    """Return what the provider sent the browser back with; a name told twice tells nothing."""
    told = request.query_params.multi_items()
    return dict(told) if len(told) == len({name for name, _ in told}) else {}


def refused(request: Request, errand: Errand, error: CaseworkError) -> Response:
    """Say in plain words why the person was not signed in, with a way to try again."""
    title = next((REFUSED[kind] for kind in type(error).__mro__ if kind in REFUSED), NOT_NOW)
    context = {"title": title, "words": str(error), "onward": errand.onward}
    context["again"] = _way_again(errand, error)
    response = page(request, "pages/organisation_refused.html", status_of(error), **context)
    delete_cookie(request, response, ERRAND)
    return response


def _way_again(errand: Errand, error: CaseworkError) -> str:
    """Return where the person tries again; who was vouched for too little proves who they are."""
    if errand.invitation:
        return errand.onward
    if errand.aim == STEP_UP:
        where = "/step-up"
    else:
        where = "/afresh" if isinstance(error, TooLongAgo | NotStrongEnough) else ""
    return f"/sign-in/oidc/{errand.provider}{where}?next={quote(errand.onward)}"
