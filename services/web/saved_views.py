"""How a person's views of the lists are read and written: with no transaction open while sealed.

What narrows a list by words is kept with the view, sealed; it is typed anew, so to say, each time
that the view is opened, so that an address holds the id of a search and no word of it.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode
from uuid import UUID, uuid4

from fastapi import Request

from services.casework.drafts import seal
from services.casework.saved_views import (
    ViewSaid,
    ViewToKeep,
    keep_view,
    own_views,
    rename_view,
    said_of_view,
    seal_view,
    view_kept,
)
from services.casework.searches import keep_search, new_place, typed_words
from services.database.saved_views import SavedView
from services.domain.identifiers import PartnershipId
from services.storage import Store, StoredContentChanged
from services.web.app_state import site_of
from services.web.dependencies import Transactions
from services.web.long_lists import LISTS, codes_in
from services.web.typed_words import WORDS, words_kept

UNREADABLE: Final = "A view whose name cannot be read"
_OF_PAGE: Final = frozenset({"of", "done", "page"})


@dataclass(frozen=True, slots=True)
class ViewLine:
    """One view as it is listed: its name, of which list it is, and the words that narrow that."""

    id: UUID
    name: str
    title: str
    words: str


def view_lines(request: Request, transaction: Transactions) -> list[ViewLine]:
    """Return the views that the person keeps, by the list and then by their names."""
    store = _store(request)
    with transaction() as work:
        kept = own_views(work)
    found = [_line(store, one) for one in kept if one.of_list in LISTS]
    return sorted(found, key=lambda one: (one.title, one.name.casefold()))


def view_line(request: Request, transaction: Transactions, view_id: UUID) -> ViewLine:
    """Return one view of the person's own; to anybody else there is none."""
    with transaction() as work:
        kept = view_kept(work, view_id)
    return _line(_store(request), kept)


def keep_as(
    request: Request, transaction: Transactions, of_list: str, narrowed: str, name: str
) -> None:
    """Keep how the list is narrowed and ordered under the name, with the words that narrow it."""
    told = codes_in(narrowed)
    codes = {name: one for name, one in told.items() if name not in _OF_PAGE}
    typed = words_kept(request, transaction, codes.pop(WORDS, ""))
    said = ViewSaid(name, typed.words if typed is not None else "")
    with transaction() as work:
        partnership_id = work.actor.partnership_id
    view_id = uuid4()
    sealed = seal_view(_store(request), partnership_id, view_id, said)
    with transaction() as work:
        keep_view(work, ViewToKeep(view_id, of_list, urlencode(codes), sealed))


def rename_as(request: Request, transaction: Transactions, view_id: UUID, name: str) -> None:
    """Keep the view under another name."""
    store = _store(request)
    with transaction() as work:
        kept = view_kept(work, view_id)
    said = ViewSaid(name, said_of_view(store, kept).words)
    sealed = seal_view(store, PartnershipId(kept.tenant_id), view_id, said)
    with transaction() as work:
        rename_view(work, view_id, sealed)


def address_of_view(request: Request, transaction: Transactions, view_id: UUID) -> str:
    """Return where the view's list stands, narrowed and ordered as it was kept."""
    store = _store(request)
    with transaction() as work:
        kept = view_kept(work, view_id)
    words = said_of_view(store, kept).words
    codes = codes_in(kept.narrowed)
    if words:
        codes |= {WORDS: str(_searched(store, transaction, words))}
    return LISTS[kept.of_list].narrowed(codes)


def _searched(store: Store, transaction: Transactions, words: str) -> UUID:
    with transaction() as work:
        place = new_place(work)
    sealed = seal(store, place, typed_words(words))
    with transaction() as work:
        return keep_search(work, place, sealed)


def _line(store: Store, kept: SavedView) -> ViewLine:
    try:
        said = said_of_view(store, kept)
    except StoredContentChanged:
        said = ViewSaid(UNREADABLE)
    return ViewLine(kept.id, said.name, LISTS[kept.of_list].title, said.words)


def _store(request: Request) -> Store:
    return site_of(request).neighbours.store
