"""What is typed into the form of an act is saved before it is sent: by a script, or by a button."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from services.casework.drafts import end_draft
from services.domain.errors import NotFound, RuleBroken
from services.domain.plain_dates import time_of_day
from services.storage import Store
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import ACT_PAGES
from services.web.addresses import BEGUN_WORK
from services.web.app_state import site_of
from services.web.dependencies import Transactions, requires_for_each
from services.web.draft_saving import DraftForm, draft_place, save_typed
from services.web.drafts import AN_ID, NothingTyped
from services.web.form_input import PostedForm
from services.web.path_ids import TheCaseId
from services.web.posted_form import Posted
from services.web.unshown import unshown_in

router = APIRouter()

_FORMS: Final = [one for one in ACT_PAGES.values() if one.keeps_draft]
_ON_A_CASE: Final = {one.act.name: one for one in _FORMS if not one.act.opens_case}
_ON_NONE: Final = {one.act.name: one for one in _FORMS if one.act.opens_case}

# Which of them the form at hand needs is asked for by `draft_place`.
OnACase = Annotated[
    Transactions, requires_for_each(*sorted({one.act.permission for one in _ON_A_CASE.values()}))
]
OnNone = Annotated[
    Transactions, requires_for_each(*sorted({one.act.permission for one in _ON_NONE.values()}))
]


@router.post("/cases/{case_id}/drafts/{act}")
def save(
    case_id: TheCaseId, act: str, request: Request, transaction: OnACase, posted: PostedForm
) -> Response:
    """Save what stands in a form of the case."""
    return _save(request, transaction, DraftForm(_named(act, _ON_A_CASE), case_id), posted)


@router.post("/cases/{case_id}/drafts/{act}/discard")
def discard(case_id: TheCaseId, act: str, transaction: OnACase, posted: PostedForm) -> Response:
    """Discard what was saved of a form of the case, about the thing that is named."""
    return _discard(transaction, DraftForm(_named(act, _ON_A_CASE), case_id), posted)


@router.post("/drafts/{act}")
def save_of_no_case(
    act: str, request: Request, transaction: OnNone, posted: PostedForm
) -> Response:
    """Save what stands in the form of a referral."""
    return _save(request, transaction, DraftForm(_named(act, _ON_NONE), None), posted)


@router.post("/drafts/{act}/discard")
def discard_of_no_case(act: str, transaction: OnNone, posted: PostedForm) -> Response:
    """Discard what was saved of the form of a referral."""
    return _discard(transaction, DraftForm(_named(act, _ON_NONE), None), posted)


def _named(act: str, forms: Mapping[str, ActPage]) -> ActPage:
    if act not in forms:
        raise NotFound("There is no such form.")
    return forms[act]


def _save(request: Request, transaction: Transactions, form: DraftForm, posted: Posted) -> Response:
    """Save, and tell a script when it was saved; a person goes to what they have begun.

    Who brings in a file next goes to its page, also where there is nothing to save yet.
    """
    store = site_of(request).neighbours.store
    page = _page_of_the_file(form, request.query_params.get("then", ""), posted)
    if page:
        with suppress(NothingTyped):
            save_typed(transaction, store, form, posted)
        return RedirectResponse(page, status_code=303)
    if request.headers.get("accept") == "text/plain":
        saved_at = save_typed(transaction, store, form, posted)
        told = (f"Draft saved at {time_of_day(saved_at)}", unshown_in(posted))
        return PlainTextResponse(". ".join(filter(None, told)))
    return _save_by_button(transaction, store, form, posted)


def _save_by_button(
    transaction: Transactions, store: Store, form: DraftForm, posted: Posted
) -> Response:
    """Save, and go to what was begun; what another window had kept is kept beside it, and shown."""
    try:
        save_typed(transaction, store, form, posted)
    except RuleBroken:
        save_typed(transaction, store, form, posted, replaces=True)
        return RedirectResponse(form.page, status_code=303)
    return RedirectResponse(BEGUN_WORK, status_code=303)


def _page_of_the_file(form: DraftForm, then: str, posted: Posted) -> str:
    """Return where a file is brought in next, for the agency of which the form is, if one is."""
    asked = form.asked
    if asked.takes_table and then == "table":
        return f"{form.page}/table"
    if not asked.takes_filled_form or then != "word":
        return ""
    of = posted.only(asked.one_of.question) if asked.one_of is not None else ""
    return f"{form.page}/word?of={of}" if AN_ID.fullmatch(of) else f"{form.page}/word"


def _discard(transaction: Transactions, form: DraftForm, posted: Posted) -> Response:
    with transaction() as work:
        draft_place(work, form, posted)
        end_draft(work, form.asked.act.name, form.case_id, {posted.only("about")})
    return RedirectResponse(form.page, status_code=303)
