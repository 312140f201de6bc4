"""The words by which a person narrows a list: posted, kept as a search is, and told by an id.

An address holds the id of what was typed and no word of it (decision 0114). To anybody else there
are no such words, and after a day there are none.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode
from uuid import UUID, uuid4

from fastapi import Request

from services.casework.searches import kept_search, words_of
from services.domain.errors import NotFound, NotPermitted
from services.web.app_state import site_of
from services.web.dependencies import Transactions
from services.web.long_table import ListFilter, TableAsked, TableShape, query_of
from services.web.path_ids import id_told

WORDS: Final = "words"


@dataclass(frozen=True, slots=True)
class TypedWords:
    """What a person typed, and the id under which it is kept for them."""

    id: UUID
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsBox:
    """The form that takes words for a list: of which list, what narrows it now, what was typed."""

    of_list: str
    narrowed: str
    words: str
    without: str
    once: UUID


def typed_words(request: Request, transaction: Transactions) -> TypedWords | None:
    """Return what the person typed by the id in the address, or nothing where none is kept.

    The key service is asked with no transaction open.
    """
    return words_kept(request, transaction, request.query_params.get(WORDS, ""))


def words_kept(request: Request, transaction: Transactions, told: str) -> TypedWords | None:
    """Return the same by an id that was told elsewhere."""
    search_id = id_told(told)
    if search_id is None:
        return None
    try:
        with transaction() as work:
            kept = kept_search(work, search_id)
    except (NotFound, NotPermitted):
        return None
    return TypedWords(search_id, words_of(site_of(request).neighbours.store, kept))


def words_filter(typed: TypedWords | None) -> ListFilter:
    """Return the question by which a list is narrowed to what was typed; it is asked by a form."""
    known = ((str(typed.id), typed.words),) if typed is not None else ()
    return ListFilter(WORDS, "Words", choices=known, is_kept=True)


def words_box(
    of_list: str, shape: TableShape, asked: TableAsked, typed: TypedWords | None
) -> WordsBox:
    """Return the form that takes words for the list as it is narrowed now."""
    told = [pair for pair in parse_qsl(query_of(shape, asked)) if pair[0] != WORDS]
    narrowed = urlencode(told)
    return WordsBox(
        of_list=of_list,
        narrowed=narrowed,
        words=typed.words if typed is not None else "",
        without=f"{shape.path}?{narrowed}" if narrowed else shape.path,
        once=uuid4(),
    )
