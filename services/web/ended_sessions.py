"""What becomes of a request whose sign-in has ended: sign in again, and find what was typed.

The browser still carries the id of the session that ended, and the form the token that was made for
it: together they show whose form it is. The form of an act is kept as a draft of that person, by
the same door as any other, and every other form as it was posted (`kept_forms.py`). Nothing else is
done or shown to them before they sign in.
"""

from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from services.web import organisation_errands
from services.web.addresses import FIRST_PAGE, page_asked
from services.web.form_input import SignInFirst, TypedBefore
from services.web.keeping_typed import (
    form_of_act,
    keep_refused,
    keep_typed,
    page_of,
    paths_of_forms,
)


def install(app: FastAPI) -> None:
    """Let the application, with its routes, answer a request that nobody is signed in for."""
    app.state.paths_of_forms = paths_of_forms(app.router.routes)
    app.state.keeps_refused = keep_refused
    app.add_exception_handler(SignInFirst, _to_sign_in)


def _to_sign_in(request: Request, _error: Exception) -> Response:
    """Have the person sign in and go on to the page, or to the form that they were filling in."""
    page = page_asked(request)
    typed: TypedBefore | None = getattr(request.state, "typed", None)
    if typed is not None and typed.person.acting is not None:
        page = keep_typed(request, typed.person.acting, typed.posted).page or page
    elif request.method != "GET" and (form := form_of_act(request)) is not None:
        page = page_of(request, form)
    onward = f"?next={quote(page)}" if page != FIRST_PAGE else ""
    way_in = organisation_errands.way_in(request)
    return RedirectResponse(f"{way_in}{onward}", status_code=303)
