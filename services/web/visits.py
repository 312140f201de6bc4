"""From where, and with which browser, somebody comes to sign in."""

from fastapi import Request, Response
from starlette.background import BackgroundTask

from services.casework.accounts.sign_in_notices import tell_owner
from services.casework.accounts.sign_in_tries import Visit
from services.web.app_state import site_of
from services.web.client_address import client_address
from services.web.cookies import ENTERING, known_browser, read_cookie
from services.web.devices import device_words


def visit_of(request: Request, account: str) -> Visit:
    """Return what a try to sign in is counted by."""
    browser, device = known_browser(request, account), device_of(request)
    begun = read_cookie(request, ENTERING)
    return Visit(account, client_address(request), browser, device, begun)


def device_of(request: Request) -> str:
    """Return the kind of browser and machine, in words of ours."""
    return device_words(request.headers.get("user-agent", ""))


def tell_owner_after(response: Response, request: Request, account: str) -> None:
    """Have the account's owner told of too many tries, if there is such an account.

    It is done after the answer: how long that takes must not tell whether there is one.
    """
    site = site_of(request)
    around, engine = site.neighbours, site.sign_in_engine
    response.background = BackgroundTask(tell_owner, around, engine, account, around.now())
