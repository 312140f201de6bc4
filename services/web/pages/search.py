"""The search over the cases that a person may open, and what it found.

What is typed is posted, and kept under an id: neither an address nor a title holds a word of it.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.drafts import seal
from services.casework.recent import opened_last
from services.casework.search import search
from services.casework.searches import (
    SearchCases,
    keep_search,
    kept_search,
    new_place,
    typed_words,
    words_of,
)
from services.domain.roles import Permission
from services.domain.searching import asked_in
from services.web.act_form import Again
from services.web.app_state import site_of
from services.web.dependencies import Transactions, requires_for_each
from services.web.form_input import PostedForm
from services.web.forms.parsing import read
from services.web.forms.validation import understand
from services.web.path_ids import TheSearchId, number_told
from services.web.posted_form import Posted
from services.web.rendering import page
from services.web.search_form import ASKED, list_narrowed, search_form, typed_in
from services.web.view_models.search import case_lines

router = APIRouter(prefix="/search")

Searcher = Annotated[Transactions, requires_for_each(Permission.SEARCH_CASES)]


@router.get("")
def ask(request: Request, transaction: Searcher) -> Response:
    """Show the form by which people search, and the cases that they opened last."""
    with transaction() as work:
        searching, recent = search_form(), opened_last(work)
        return page(
            request,
            "pages/search.html",
            searching=searching,
            form=searching.form,
            found=None,
            recent=recent,
        )


@router.post("")
def take(request: Request, transaction: Searcher, posted: PostedForm) -> Response:
    """Keep what was typed, encrypted, and go to what is found: a page, or the list it narrows.

    A list is not narrowed by no words.
    """
    if not posted.one("words").strip() and (every := list_narrowed(posted)):
        return RedirectResponse(every, status_code=303)
    asked = understand(SearchCases, ASKED, read(ASKED, typed_in(posted), None))
    if isinstance(asked, list):
        with transaction():
            searching = search_form(Again(posted, asked, 422))
            told = {"searching": searching, "form": searching.form, "found": None, "recent": ()}
            return page(request, "pages/search.html", 422, **told)
    with transaction() as work:
        place = new_place(work)
    sealed = seal(site_of(request).neighbours.store, place, typed_words(asked.words))
    with transaction() as work:
        search_id = keep_search(work, place, sealed)
    found = list_narrowed(posted, search_id) or f"/search/{search_id}"
    return RedirectResponse(found, status_code=303)


@router.get("/{search_id}")
def show(search_id: TheSearchId, request: Request, transaction: Searcher) -> Response:
    """Show what is found now by what the person typed; nobody else has this page."""
    with transaction() as work:
        kept = kept_search(work, search_id)
    words = words_of(site_of(request).neighbours.store, kept)
    asked = asked_in(words)
    with transaction() as work:
        found = search(work, asked, number_told(request.query_params.get("part", "")) or 1)
        searching = search_form(Again(Posted({"words": (words,)})))
        told: dict[str, Any] = {
            "found": found,
            "recent": (),
            "lines": case_lines(work, asked, found),
        }
        return page(request, "pages/search.html", searching=searching, form=searching.form, **told)
