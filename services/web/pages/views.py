"""The views of the lists that a person keeps: kept, listed, opened, renamed and deleted."""

from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.saved_views import NameView, delete_view
from services.domain.errors import NotFound
from services.domain.roles import Permission
from services.web.act_form import Again
from services.web.dependencies import Transactions, requires_for_each
from services.web.form_input import PostedForm
from services.web.forms.fields import questions
from services.web.forms.parsing import read
from services.web.forms.rendering import show
from services.web.forms.validation import understand
from services.web.long_lists import LISTS
from services.web.path_ids import TheViewId
from services.web.posted_form import Posted
from services.web.rendering import page
from services.web.saved_views import address_of_view, keep_as, rename_as, view_line, view_lines

router = APIRouter(prefix="/views")

Keeper = Annotated[Transactions, requires_for_each(Permission.READ_CASE, Permission.READ_OWN_PART)]
ASKED: Final = questions(NameView)
_OWN: Final = frozenset({"of", "narrowed"})


@router.get("")
def list_views(request: Request, transaction: Keeper, of: str = "", done: str = "") -> Response:
    """Show the views that the person keeps, and the form to keep the one they come from."""
    posted = Posted({"of": (of,), "narrowed": (request.url.query,)})
    return _listed(request, transaction, Again(posted), done)


@router.post("")
def keep(request: Request, transaction: Keeper, posted: PostedForm) -> Response:
    """Keep how a list is narrowed and ordered under the name that the person gives it."""
    if posted.one("of") not in LISTS:
        raise NotFound("There is no such list.")
    named = understand(NameView, ASKED, read(ASKED, _typed(posted), None))
    if isinstance(named, list):
        return _listed(request, transaction, Again(posted, named, 422))
    keep_as(request, transaction, posted.one("of"), posted.one("narrowed"), named.name)
    return RedirectResponse("/views?done=kept", status_code=303)


@router.get("/{view_id}")
def open_view(view_id: TheViewId, request: Request, transaction: Keeper) -> Response:
    """Go to the list as the view has it."""
    return RedirectResponse(address_of_view(request, transaction, view_id), status_code=303)


@router.get("/{view_id}/change")
def change(view_id: TheViewId, request: Request, transaction: Keeper) -> Response:
    """Show the form to rename a view, and the button to delete it."""
    return _one(request, transaction, view_id, Again(Posted()))


@router.post("/{view_id}/change")
def rename(
    view_id: TheViewId, request: Request, transaction: Keeper, posted: PostedForm
) -> Response:
    """Keep a view under another name."""
    named = understand(NameView, ASKED, read(ASKED, posted, None))
    if isinstance(named, list):
        return _one(request, transaction, view_id, Again(posted, named, 422))
    rename_as(request, transaction, view_id, named.name)
    return RedirectResponse("/views?done=renamed", status_code=303)


@router.get("/{view_id}/delete")
def back_to_the_view(view_id: TheViewId, _transaction: Keeper) -> Response:
    """Go back to the form with the button, where a sign-in came between."""
    return RedirectResponse(f"/views/{view_id}/change", status_code=303)


@router.post("/{view_id}/delete")
def delete(view_id: TheViewId, transaction: Keeper, _posted: PostedForm) -> Response:
    """Delete a view; the list that it is of stays as it is."""
    with transaction() as work:
        delete_view(work, view_id)
    return RedirectResponse("/views?done=deleted", status_code=303)


def _typed(posted: Posted) -> Posted:
    """Return what was typed, without of which list the view is and what narrows that."""
    return Posted({name: one for name, one in posted.answers.items() if name not in _OWN})


def _listed(request: Request, transaction: Transactions, again: Again, done: str = "") -> Response:
    lines = view_lines(request, transaction)
    form = show(ASKED, {}, _typed(again.posted), again.problems)
    of = again.posted.one("of")
    told = {
        "lines": lines,
        "form": form,
        "once": uuid4(),
        "done": done,
        "of": of if of in LISTS else "",
        "of_list": LISTS.get(of),
        "narrowed": again.posted.one("narrowed"),
    }
    with transaction():
        return page(request, "pages/views/list.html", again.status, **told)


def _one(request: Request, transaction: Transactions, view_id: TheViewId, again: Again) -> Response:
    line = view_line(request, transaction, view_id)
    posted = again.posted if again.problems else Posted({"name": (line.name,)})
    form = show(ASKED, {}, posted, again.problems)
    with transaction():
        return page(
            request, "pages/views/change.html", again.status, line=line, form=form, once=uuid4()
        )
