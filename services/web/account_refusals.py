"""Where somebody goes who must sign in again, or show again that it is them.

What was posted is kept, as after the end of a session, and comes back after the proof.
"""

from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.sign_in import SignInOver
from services.domain.errors import ProveAgain
from services.web.account_forms import ACCOUNT, KEPT, PROVE, ProveFirst
from services.web.addresses import FIRST_PAGE
from services.web.dependencies import acting_in
from services.web.keeping_typed import keep_typed


def install(app: FastAPI) -> None:
    """Let the application answer who has to show first that it is them."""
    app.add_exception_handler(SignInOver, _to_sign_in)
    app.add_exception_handler(ProveFirst, _to_proof)
    app.add_exception_handler(ProveAgain, _to_proof_of_decision)


def _to_sign_in(_request: Request, _error: Exception) -> Response:
    return RedirectResponse("/sign-in", status_code=303)


def _to_proof(request: Request, error: Exception) -> Response:
    """Have the owner show that it is them, then go on to the page, or that of their account."""
    after = error.onward if isinstance(error, ProveFirst) else ACCOUNT
    onward = request.url.path if request.method == "GET" else after
    return RedirectResponse(f"{PROVE}?next={quote(onward)}", status_code=303)


def _to_proof_of_decision(request: Request, _error: Exception) -> Response:
    """Keep the form of the decision, have the person show that it is them, and go back to it."""
    typed = keep_typed(request, acting_in(request.state.known), request.state.posted)
    kept = f"&{KEPT}=yes" if typed.is_kept else ""
    onward = quote(typed.page or FIRST_PAGE)
    return RedirectResponse(f"{PROVE}?next={onward}{kept}", status_code=303)
