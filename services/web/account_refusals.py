"""Where somebody goes who must sign in again, or show again that it is them."""

from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.sign_in import SignInOver
from services.web.account_forms import PROVE, ProveFirst


def install(app: FastAPI) -> None:
    """Let the application answer who has to show first that it is them."""
    app.add_exception_handler(SignInOver, _to_sign_in)
    app.add_exception_handler(ProveFirst, _to_proof)


def _to_sign_in(_request: Request, _error: Exception) -> Response:
    return RedirectResponse("/sign-in", status_code=303)


def _to_proof(request: Request, _error: Exception) -> Response:
    """Have the owner show that it is them, then go on to the page of their account."""
    onward = request.url.path if request.method == "GET" else "/account"
    return RedirectResponse(f"{PROVE}?next={quote(onward)}", status_code=303)
