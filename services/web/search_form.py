"""The form by which people search, empty or with what was typed."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from services.casework.searches import SearchCases
from services.web.act_form import Again
from services.web.forms.fields import questions
from services.web.forms.rendering import ShownForm, show
from services.web.long_lists import LISTS, codes_in
from services.web.posted_form import Posted
from services.web.typed_words import WORDS

ASKED: Final = questions(SearchCases)
BY_WORDS: Final = frozenset({"cases"})
"""The lists that are narrowed by words."""


@dataclass(frozen=True, slots=True)
class Searching:
    """The form by which people search, and the key of this copy of it."""

    form: ShownForm
    once: UUID


def search_form(again: Again | None = None) -> Searching:
    """Return the form, empty or with what was typed and what is wrong with it."""
    again = again or Again(Posted())
    return Searching(show(ASKED, {}, again.posted, again.problems), uuid4())


def typed_in(posted: Posted) -> Posted:
    """Return what was typed, without which list the form is of and what narrows that."""
    said = {name: one for name, one in posted.answers.items() if name not in {"list", "narrowed"}}
    return Posted(said, posted.files)


def list_narrowed(posted: Posted, search_id: UUID | None = None) -> str | None:
    """Return the address of the list that the form is of, with its codes and the id of the words.

    Nothing is returned for a form that is of no list. A code that is none stays out.
    """
    code = posted.one("list")
    if code not in BY_WORDS:
        return None
    codes = codes_in(posted.one("narrowed"))
    codes |= {WORDS: str(search_id)} if search_id is not None else {}
    return LISTS[code].narrowed(codes)
