"""What becomes of a request whose sign-in has ended: sign in again, and find what was typed.

The browser still carries the id of the session that ended, and the form the token that was made for
it: together they show whose form it is. It is kept as a draft of that person, by the same door as
any other, and nothing else is done or shown to them before they sign in.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.who_is import RoleHeld
from services.database.unit_of_work import unit_of_work
from services.domain.errors import CaseworkError, NotFound
from services.domain.identifiers import CaseId
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import ACT_PAGES
from services.web.app_state import site_of
from services.web.dependencies import once_of
from services.web.draft_saving import DraftForm, save_typed
from services.web.form_input import NotAForm, SignInFirst, TypedBefore
from services.web.middleware import access_log
from services.web.path_ids import id_in
from services.web.posted_form import Posted

OF_DRAFTS: Final = frozenset({"/cases/{case_id}/drafts/{act}", "/drafts/{act}"})
_FORMS: Final[Mapping[str, ActPage]] = {
    f"/{page.path}" if page.act.opens_case else f"/cases/{{case_id}}/{page.path}": page
    for page in ACT_PAGES.values()
    if page.keeps_draft
}


def install(app: FastAPI) -> None:
    """Let the application answer a request that nobody is signed in for."""
    app.add_exception_handler(SignInFirst, _to_sign_in)


def _to_sign_in(request: Request, _error: Exception) -> Response:
    """Have the person sign in and go on to the page, or to the form that they were filling in."""
    form = _form_of(request)
    if form is not None:
        _keep_typed(request, form)
    page = form.page if form is not None else _page_of(request)
    onward = f"?next={quote(page)}" if page != "/" else ""
    return RedirectResponse(f"/sign-in{onward}", status_code=303)


def _page_of(request: Request) -> str:
    return request.url.path if request.method == "GET" else "/"


def _form_of(request: Request) -> DraftForm | None:
    """Return the form of an act that the request is about, if it is about one."""
    path, told = str(getattr(request.scope.get("route"), "path", "")), request.path_params
    asked = ACT_PAGES.get(told["act"]) if path in OF_DRAFTS else _FORMS.get(path)
    if asked is None or not asked.keeps_draft:
        return None
    try:
        return DraftForm(asked, CaseId(id_in(told["case_id"])) if "case_id" in told else None)
    except NotFound:
        return None


def _keep_typed(request: Request, form: DraftForm) -> None:
    """Keep what was posted for its author. Trouble in it is logged: they sign in as without it."""
    typed: TypedBefore | None = getattr(request.state, "typed", None)
    if typed is None or typed.person.acting is None:
        return
    try:
        _save(request, form, typed.person.acting, typed.posted)
    except (CaseworkError, NotAForm):
        return  # nothing was typed, or the form is not theirs
    except Exception as trouble:  # noqa: BLE001 - whatever it is, they are to sign in
        access_log.failure(request.scope, trouble)


def _save(request: Request, form: DraftForm, acting: RoleHeld, posted: Posted) -> None:
    around, once = site_of(request).neighbours, once_of(posted)
    save_typed(
        lambda: unit_of_work(around.engine, acting.actor, around.now(), around.calendar, once),
        around.store,
        form,
        posted,
        replaces=True,
    )
