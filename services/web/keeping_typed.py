"""What was posted when a person has to sign in, or prove themselves, first: kept for its author.

The form of an act is kept as a draft of that person, by the same door as any other, and every other
form as it was posted (`kept_forms.py`).
"""

from collections.abc import Iterable
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
from services.web.app_state import site_of
from services.web.dependencies import Requires, Transactions, once_of
from services.web.draft_saving import DraftForm, save_typed
from services.web.form_input import NotAForm
from services.web.middleware import access_log
from services.web.path_ids import id_in
from services.web.posted_form import Posted
from services.web.section_keeping import (
    FORMS,
    SECTIONED,
    SECTIONS,
    form_served,
    is_checked,
    whole_posted,
)

SEARCH: Final = "/search"
OF_FILES: Final = "/cases/{case_id}/documents"
_DISCARDED: Final = "/discard"  # what is posted there is an end and no words


def paths_of_forms(routes: Iterable[BaseRoute]) -> frozenset[str]:
    """Return the paths of the forms of no act, which save themselves: of no case but the files'."""
    ours = [one for one in routes if isinstance(one, APIRoute)]
    shown = {one.path for one in ours if "GET" in (one.methods or ())}
    posted = {
        one.path for one in ours if "POST" in (one.methods or ()) and _gate_of(one) is not None
    }
    kept = (posted & shown) - FORMS.keys() - SECTIONED.keys()
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
    return KeptTyped(page_of(request, form) if form is not None else "", is_kept)


def page_of(request: Request, form: DraftForm) -> str:
    """Return the page to which the form's author comes back: where they filled it in."""
    return f"{form.page}{SECTIONS}" if _path_of(request) in SECTIONED else form.page


def keep_refused(request: Request, acting: RoleHeld, posted: Posted) -> None:
    """Keep what was typed into a form that saves itself, and is shown again because it is refused.

    Words that were searched by are no begun work, and stay unkept. One section of a form was saved
    before it is shown again, or is not to take the place of what another window saved unasked.
    """
    is_ours = form_of_act(request) is not None or kept_forms.saves_itself(request)
    is_a_section = _path_of(request) in SECTIONED and not is_checked(request)
    if is_ours and not is_a_section and request.url.path != SEARCH:
        keep_typed(request, acting, posted)


def form_of_act(request: Request) -> DraftForm | None:
    """Return the form of an act that the request is about, if it is about one."""
    path, told = _path_of(request), request.path_params
    asked = form_served(path, told.get("act", ""))
    if asked is None or not asked.keeps_draft:
        return None
    try:
        return DraftForm(asked, CaseId(id_in(told["case_id"])) if "case_id" in told else None)
    except NotFound:
        return None


def _path_of(request: Request) -> str:
    return str(getattr(request.scope.get("route"), "path", ""))


def _keep_draft(request: Request, form: DraftForm, acting: RoleHeld, posted: Posted) -> None:
    transaction, store = _opens(request, acting, posted), site_of(request).neighbours.store
    if _path_of(request) in SECTIONED:
        posted = whole_posted(request, transaction, form, posted)
    save_typed(transaction, store, form, posted, replaces=True)


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
