"""What was posted when a person has to sign in, or prove themselves, first: kept for its author.

The form of an act is kept as a draft of that person, by the same door as any other, and every other
form as it was posted (`kept_forms.py`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from services.casework.accounts.who_is import RoleHeld
from services.database.unit_of_work import unit_of_work
from services.domain.errors import CaseworkError, NotFound
from services.domain.identifiers import CaseId
from services.web import kept_forms
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import ACT_PAGES
from services.web.app_state import site_of
from services.web.dependencies import Requires, Transactions, once_of
from services.web.draft_saving import DraftForm, save_typed
from services.web.form_input import NotAForm
from services.web.middleware import access_log
from services.web.path_ids import id_in
from services.web.posted_form import Posted

OF_DRAFTS: Final = frozenset({"/cases/{case_id}/drafts/{act}", "/drafts/{act}"})
SEARCH: Final = "/search"
OF_FILES: Final = "/cases/{case_id}/documents"
_DISCARDED: Final = "/discard"  # what is posted there is an end and no words
_FORMS: Final[Mapping[str, ActPage]] = {
    f"/{page.path}" if page.act.opens_case else f"/cases/{{case_id}}/{page.path}": page
    for page in ACT_PAGES.values()
    if page.keeps_draft
}


def paths_of_forms(routes: Iterable[BaseRoute]) -> frozenset[str]:
    """Return the paths of the forms of no act, which save themselves: of no case but the files'."""
    ours = [one for one in routes if isinstance(one, APIRoute)]
    shown = {one.path for one in ours if "GET" in (one.methods or ())}
    posted = {
        one.path for one in ours if "POST" in (one.methods or ()) and _gate_of(one) is not None
    }
    kept = (posted & shown) - _FORMS.keys()
    of_cases = {path for path in kept if path.startswith("/cases/")}
    return frozenset((kept - of_cases) | (of_cases & {OF_FILES}))


@dataclass(frozen=True, slots=True)
class KeptTyped:
    """The page of a form that was posted, if it has one, and whether what was typed is kept."""

    page: str = ""
    is_kept: bool = False


def keep_typed(request: Request, acting: RoleHeld, posted: Posted) -> KeptTyped:
    """Keep what was posted for its author; a file is not kept.

    Trouble in it is logged: the person goes on as without it.
    """
    form, is_kept = form_of_act(request), False
    try:
        if form is None:
            page = _keep_any(request, acting, posted)
            return KeptTyped(page, bool(page))
        _keep_draft(request, form, acting, posted)
        is_kept = True
    except (CaseworkError, NotAForm):
        pass  # nothing was typed, or the form is not theirs
    except Exception as trouble:  # noqa: BLE001 - whatever it is, they are to sign in
        access_log.failure(request.scope, trouble)
    return KeptTyped(form.page if form is not None else "", is_kept)


def keep_refused(request: Request, acting: RoleHeld, posted: Posted) -> None:
    """Keep what was typed into a form that saves itself, and is shown again because it is refused.

    Words that were searched by are no begun work, and stay unkept.
    """
    is_ours = form_of_act(request) is not None or kept_forms.saves_itself(request)
    if is_ours and request.url.path != SEARCH:
        keep_typed(request, acting, posted)


def form_of_act(request: Request) -> DraftForm | None:
    """Return the form of an act that the request is about, if it is about one."""
    path, told = str(getattr(request.scope.get("route"), "path", "")), request.path_params
    asked = ACT_PAGES.get(told["act"]) if path in OF_DRAFTS else _FORMS.get(path)
    if asked is None or not asked.keeps_draft:
        return None
    try:
        return DraftForm(asked, CaseId(id_in(told["case_id"])) if "case_id" in told else None)
    except NotFound:
        return None


def _keep_draft(request: Request, form: DraftForm, acting: RoleHeld, posted: Posted) -> None:
    transaction = _opens(request, acting, posted)
    save_typed(transaction, site_of(request).neighbours.store, form, posted, replaces=True)


def _keep_any(request: Request, acting: RoleHeld, posted: Posted) -> str:
    """Keep a form that is of no act, where its page asks for a permission that the person has."""
    typed = kept_forms.typed_in_any(posted)
    if not typed.answers or not _may_send(request, acting):
        return ""
    transaction = _opens(request, acting, posted)
    with transaction() as work:
        place = kept_forms.place_here(work, request)
    sealed = kept_forms.sealed_form(site_of(request).neighbours.store, place, typed)
    with transaction() as work:
        kept_forms.keep(work, request, sealed)
    return f"{request.url.path}{kept_forms.KEPT_QUERY}"


def _may_send(request: Request, acting: RoleHeld) -> bool:
    gate = _gate_of(request.scope.get("route"))
    if gate is None or request.url.path.endswith(_DISCARDED):
        return False
    return any(acting.actor.may(permission) for permission in gate.permissions)


def _gate_of(route: APIRoute | None) -> Requires | None:
    for one in route.dependant.dependencies if route is not None else ():
        if isinstance(one.call, Requires):
            return one.call
    return None


def _opens(request: Request, acting: RoleHeld, posted: Posted) -> Transactions:
    around, once = site_of(request).neighbours, once_of(posted)
    return lambda: unit_of_work(around.engine, acting.actor, around.now(), around.calendar, once)
